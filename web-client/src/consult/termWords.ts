import type { Schema } from "../api/client";
import { LACKING, messages } from "../i18n/messages";
import { languageName } from "./names";

/**
 * The server's words for its own codes, so that they can be translated: its English stands on the
 * page in English, these in every other language. Codes that are not here keep the server's words.
 */
const t = messages("terms", {
  // Fields of medicine
  "specialty.anaesthesia": "Anaesthesia",
  "specialty.burns": "Burns and plastic surgery",
  "specialty.cardiology": "Cardiology",
  "specialty.child-psychiatry": "Child psychiatry",
  "specialty.dental": "Dental and maxillofacial",
  "specialty.dermatology": "Dermatology",
  "specialty.ent": "Ear, nose and throat",
  "specialty.emergency": "Emergency medicine",
  "specialty.endocrinology": "Endocrinology and diabetes",
  "specialty.family-medicine": "Family medicine",
  "specialty.fistula": "Fistula surgery",
  "specialty.gastroenterology": "Gastroenterology",
  "specialty.paediatrics": "General paediatrics",
  "specialty.general-surgery": "General surgery",
  "specialty.gynaecology": "Gynaecology",
  "specialty.haematology": "Haematology",
  "specialty.infectious-disease": "Infectious disease, HIV and TB",
  "specialty.intensive-care": "Intensive care",
  "specialty.internal-medicine": "Internal medicine",
  "specialty.laboratory": "Laboratory",
  "specialty.midwifery": "Midwifery",
  "specialty.neonatology": "Neonatology",
  "specialty.nephrology": "Nephrology",
  "specialty.neurology": "Neurology",
  "specialty.neurosurgery": "Neurosurgery",
  "specialty.nutrition": "Nutrition",
  "specialty.obstetrics": "Obstetrics",
  "specialty.oncology": "Oncology",
  "specialty.ophthalmology": "Ophthalmology",
  "specialty.orthopaedics": "Orthopaedics and trauma",
  "specialty.paediatric-cardiology": "Paediatric cardiology",
  "specialty.paediatric-neurology": "Paediatric neurology",
  "specialty.paediatric-surgery": "Paediatric surgery",
  "specialty.palliative-care": "Palliative care",
  "specialty.pathology": "Pathology",
  "specialty.pharmacy": "Pharmacy",
  "specialty.psychiatry": "Psychiatry",
  "specialty.radiology": "Radiology",
  "specialty.rehabilitation": "Rehabilitation",
  "specialty.respiratory": "Respiratory medicine",
  "specialty.rheumatology": "Rheumatology",
  "specialty.toxicology": "Toxicology",
  "specialty.tropical-medicine": "Tropical medicine",
  "specialty.ultrasound": "Ultrasound",
  "specialty.urology": "Urology",
  "specialty.wound-care": "Wound care",

  // What is measured
  "vital.temperature": "Temperature",
  "vital.heart-rate": "Heart rate",
  "vital.respiratory-rate": "Breathing rate",
  "vital.systolic": "Upper blood pressure",
  "vital.diastolic": "Lower blood pressure",
  "vital.oxygen-saturation": "Oxygen saturation",
  "vital.oxygen-flow": "Oxygen given (0 when none)",
  "vital.capillary-refill": "Capillary refill",
  "vital.weight": "Weight",
  "vital.height": "Height or length",
  "vital.muac": "Mid-upper arm circumference",
  "vital.glucose": "Blood glucose",
  "vital.pain": "Pain",

  // Danger signs, as clinicians are asked for them
  "sign.airway-noise": "Harsh noise on breathing in (stridor) while calm",
  "sign.breathing-distress": "Struggling to breathe, or blue lips or tongue",
  "sign.weak-fast-pulse": "Pulse weak and fast, hands cold",
  "sign.heavy-bleeding": "Heavy bleeding now",
  "sign.convulsing": "Fits now",
  "sign.poisoning": "Swallowed or touched poison or too much of a medicine",
  "sign.snake-bite": "Bitten by a snake",
  "sign.major-injury":
    "Serious injury: fall from a height, road crash, stab, shot, crush or a blow to the head with drowsiness",
  "sign.threatened-limb": "Arm or leg cold, without pulse or without feeling",
  "sign.stiff-neck": "Stiff neck",
  "sign.vomits-everything": "Vomits everything, or diarrhoea that does not stop",
  "sign.severe-pallor": "Very pale palms or inner eyelids",
  "sign.face-throat-swelling": "Swelling of mouth, throat or neck",
  "sign.wheeze": "Wheeze",
  "sign.severe-pain": "Severe pain",
  "sign.new-weakness": "New weakness or a face, arm or leg that does not move as before",
  "sign.worsening-rash": "Rash that grows over hours, or skin that peels",
  "sign.burn-or-wound": "Burn, open fracture, dislocation or other injury",
  "sign.violent": "Violent, or a danger to self or others now",
  "sign.acute-chest-belly-pain-over-50": "Over 50 years with sudden pain of chest or belly",
  "sign.ecg-ischaemia": "ECG shows a heart attack",
  "sign.severe-headache": "Severe headache",
  "sign.cannot-drink": "Cannot feed or drink",
  "sign.ongoing-bleeding": "Bleeding that goes on, not heavy",
  "sign.recent-faint": "Fainted today",
  "sign.agitated": "Restless or confused in manner",
  "sign.sudden-vision-loss": "Sudden change of sight",
  "sign.cannot-pass-urine": "Cannot pass urine",
  "sign.testicular-pain": "Sudden pain of a testicle",
  "sign.assault-or-exposure":
    "Sexual assault, or an exposure that needs protection in time (rabies, HIV)",
  "sign.needs-surgery-now": "Known to need an urgent operation",
  "sign.child-cannot-drink": "Cannot drink or breastfeed",
  "sign.child-lethargic": "Unusually sleepy, floppy, or hard to wake",
  "sign.child-convulsed": "Had fits in this illness",
  "sign.chest-indrawing": "Lower chest wall draws in on breathing",
  "sign.severe-dehydration":
    "Badly dried out: two of sunken eyes, skin that goes back very slowly after a pinch, too sleepy or too weak to drink",
  "sign.some-dehydration":
    "Drying out: thirsty and drinks eagerly, restless, or skin that goes back slowly after a pinch",
  "sign.bulging-soft-spot": "Soft spot on the head bulges",
  "sign.child-wasting-oedema": "Visible severe wasting, or swelling of both feet",
  "sign.child-inconsolable": "Cries and cannot be calmed",
  "sign.infant-not-feeding": "Feeds poorly or has stopped feeding",
  "sign.infant-no-movement": "Moves only when touched, or not at all",
  "sign.infant-grunting": "Grunts with each breath",
  "sign.infant-infected-cord-skin": "Red or oozing navel, or many skin pustules",
  "sign.infant-jaundice": "Yellow palms or soles, or yellow on the first day of life",
  "sign.pregnant-heavy-bleeding": "Pregnant with heavy bleeding",
  "sign.pregnant-belly-pain": "Pregnant with severe pain of the belly",
  "sign.pregnant-fit-or-confused": "Pregnant with a fit or confusion",
  "sign.pregnant-headache-vision": "Pregnant with severe headache or changed sight",
  "sign.pregnant-labour": "In active labour",
  "sign.pregnant-injury": "Pregnant and injured",

  // Early-warning scores
  "score.obstetric": "Obstetric early-warning score",
  "score.news2": "NEWS2",
  "score.child-0-1-months": "Children's early-warning score, under 2 months",
  "score.child-2-11-months": "Children's early-warning score, 2 to 11 months",
  "score.child-1-4-years": "Children's early-warning score, 1 to 4 years",
  "score.child-5-11-years": "Children's early-warning score, 5 to 11 years",
  "score.child-12-15-years": "Children's early-warning score, 12 to 15 years",

  // How urgent, and what it means
  "urgency.red": "Red",
  "meaning.red": "Life, limb or sight in danger: now",
  "urgency.orange": "Orange",
  "meaning.orange": "Could worsen within hours",
  "urgency.yellow": "Yellow",
  "meaning.yellow": "In-patient, or getting worse",
  "urgency.green": "Green",
  "meaning.green": "An opinion, or a chronic illness",
  "urgency.blue": "Blue",
  "meaning.blue": "Teaching or a second look",

  // Why an offer is refused
  "refusal.busy": "Busy",
  "refusal.not-my-field": "Not my field",
  "refusal.on-leave": "On leave",
  "refusal.conflict": "A conflict of interest",
  "refusal.unclear": "The question is unclear",

  // Why it is so urgent; {value} was measured, {limit} is the rule's
  "because.refill-slow": "Capillary refill of {value} s is slow (limit {limit}).",
  "because.oxygen-low": "Oxygen saturation of {value} % is low (limit {limit}).",
  "because.glucose-low": "Blood glucose of {value} mmol/L is low (limit {limit}).",
  "because.heart-very-slow": "Heart rate {value} a minute is very slow (limit {limit}).",
  "because.heart-very-fast": "Heart rate {value} a minute is very fast (limit {limit}).",
  "because.heart-slow": "Heart rate {value} a minute is slow for the age (limit {limit}).",
  "because.heart-fast": "Heart rate {value} a minute is fast for the age (limit {limit}).",
  "because.breathing-slow": "Breathing {value} a minute is slow for the age (limit {limit}).",
  "because.breathing-fast": "Breathing {value} a minute is fast for the age (limit {limit}).",
  "because.temperature-low": "Temperature {value} °C is low (limit {limit}).",
  "because.temperature-high": "Temperature {value} °C is high (limit {limit}).",
  "because.infant-cold": "Temperature {value} °C is low for the age (limit {limit}).",
  "because.infant-hot": "Temperature {value} °C is high for the age (limit {limit}).",
  "because.arm-very-thin":
    "Arm circumference of {value} mm means severe malnutrition (limit {limit}).",
  "because.pregnant-upper-pressure":
    "Upper blood pressure {value} in pregnancy is dangerous (limit {limit}).",
  "because.pregnant-lower-pressure":
    "Lower blood pressure {value} in pregnancy is dangerous (limit {limit}).",
  "because.unresponsive": "Does not respond.",
  "because.only-to-pain-under-12": "A child who responds to nothing but pain.",
  "because.not-alert": "Not fully awake.",
  "because.first-week-of-life": "In the first week of life a child worsens within hours.",
  "because.brain-or-meninges":
    "Two or more of altered mind, stiff neck, bulging soft spot, fever or cold, and severe headache.",
  "because.score": "{score}: {value}.",
});

type Reason = Schema<"Triage">["reasons"][number];
/** Any key, also one that is not there: `t` then says {@link LACKING}. */
const any = t as (key: string, values?: Record<string, string>) => string;

/** The page's word for a code, else what the server calls it. */
export function termText(
  kind: "specialty" | "vital" | "sign" | "score" | "refusal" | "urgency",
  code: string,
  said: string,
): string {
  const key = `${kind}.${code}`;
  const text = any(key);
  return text === LACKING ? said : text;
}

/** The catalogue in the language of the page. */
export function catalogueInWords(catalogue: Schema<"Catalogue">): Schema<"Catalogue"> {
  return {
    ...catalogue,
    specialties: catalogue.specialties.map((one) => ({
      ...one,
      label: termText("specialty", one.code, one.label),
    })),
    languages: catalogue.languages.map(({ code }) => ({ code, label: languageName(code) })),
    refusalReasons: catalogue.refusalReasons.map((one) => ({
      ...one,
      label: termText("refusal", one.code, one.label),
    })),
    urgencies: catalogue.urgencies.map((one) => ({
      ...one,
      label: t(`urgency.${one.code}`),
      meaning: t(`meaning.${one.code}`),
    })),
  };
}

/** Danger signs and vital signs in the language of the page. */
export function rulesInWords(rules: Schema<"TriageRules">): Schema<"TriageRules"> {
  return {
    ...rules,
    dangerSigns: rules.dangerSigns.map((one) => ({
      ...one,
      label: termText("sign", one.code, one.label),
    })),
    vitals: rules.vitals.map((one) => ({ ...one, label: termText("vital", one.code, one.label) })),
    ...(rules.scores && {
      scores: rules.scores.map((one) => ({ ...one, name: termText("score", one.code, one.name) })),
    }),
  };
}

/**
 * A reason of triage in the language of the page. The figures are those in the server's sentence:
 * what was measured, and the limit. A reason that is not known here, or whose figures are not
 * found, stays as the server said it.
 */
export function reasonInWords({ code, sentence }: Reason): string {
  const sign = termText("sign", code, "");
  if (sign) return `${sign}.`;
  const score = termText("score", code, "");
  const total = / is (\d+(?: or more)?) \(/.exec(sentence)?.[1];
  if (score)
    return total ? t("because.score", { score, value: total.replace(" or more", "+") }) : sentence;
  const rule = code.replace(/-(under-2-months|under-1-year|1-to-4-years|5-to-11-years)$/, "");
  const value = /\d+(?:\.\d+)?/.exec(sentence)?.[0];
  const limit = /\(limit (\d+(?:\.\d+)?)\)/.exec(sentence)?.[1];
  const key = `because.${rule}`;
  const text = any(key, value && limit ? { value, limit } : {});
  return text === LACKING || /\{\w+\}/.test(text) ? sentence : text;
}

/** The name of an early-warning score in the language of the page. */
export function scoreInWords(score: { code: string; name: string }): string {
  return termText("score", score.code, score.name);
}
