import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../api/client";
import { withServerErrors } from "./CheckStep";
import { differences } from "./differences";
import { allErrors, asksForLess, errorsIn, fieldOf, type Known, nextNeeded, stepOf } from "./steps";
import { chosen } from "./store";
import { isKnown } from "./triage";
import {
  ageInDays,
  asksPregnancy,
  consentsOf,
  contentOf,
  type DraftValues,
  draftOf,
  emptyDraft,
  isUnsaved,
  type Patient,
  signsFor,
} from "./values";

const PATIENT: Patient = {
  id: "p",
  age: { value: 25, unit: "years" },
  sex: "female",
  allergies: { state: "none" },
  language: "sw",
};
const CHILD: Patient = { ...PATIENT, age: { value: 8, unit: "months" }, sex: "male" };
const RULES: Schema<"TriageRules"> = {
  version: "1",
  dangerSigns: [
    { code: "bleeding", label: "Bleeding", urgency: "red" },
    { code: "floppy", label: "Floppy", urgency: "red", fromAgeDays: 0, toAgeDays: 4383 },
    { code: "labour", label: "Labour", urgency: "red", fromAgeDays: 3652, pregnantOnly: true },
  ],
  vitals: [
    { code: "temperature", label: "Temperature", unit: "Cel", minimum: 25, maximum: 45 },
    { code: "weight", label: "Weight", unit: "kg", minimum: 0.3, maximum: 400 },
  ],
};
const TEXTS: Schema<"ConsentText">[] = [
  { purpose: "advice", language: "sw", version: "1", body: "…", required: true },
  { purpose: "teaching", language: "en", version: "2", body: "…", required: false },
];
const KNOWN: Known = { rules: RULES, triage: undefined, texts: TEXTS };

const draft = (change: Partial<DraftValues> = {}): DraftValues => ({
  ...emptyDraft("en"),
  patient: PATIENT,
  ...change,
});
const measure = (value: string, unit: string) => ({ value, unit });

describe("ages", () => {
  it("are counted in days as the triage rules count them", () => {
    expect(ageInDays({ value: 12, unit: "years" })).toBe(4383);
    expect(ageInDays({ value: 2, unit: "months" })).toBe(60);
    expect(ageInDays({ value: 3, unit: "weeks" })).toBe(21);
  });

  it("decide who is asked about pregnancy", () => {
    expect(asksPregnancy(PATIENT)).toBe(true);
    expect(asksPregnancy(CHILD)).toBe(false);
    expect(asksPregnancy({ ...PATIENT, age: { value: 9, unit: "years" } })).toBe(false);
  });
});

describe("danger signs", () => {
  const codes = (values: DraftValues) => signsFor(values, RULES).map(({ code }) => code);

  it("are those of the patient's age and state", () => {
    expect(codes(draft())).toEqual(["bleeding"]);
    expect(codes(draft({ pregnancy: "yes" }))).toEqual(["bleeding", "labour"]);
    expect(codes(draft({ patient: CHILD, pregnancy: "yes" }))).toEqual(["bleeding", "floppy"]);
  });

  it("are not sent when they no longer apply", () => {
    const values = draft({ signs: { bleeding: "no", labour: "yes" }, pregnancy: "no" });
    expect(contentOf(values, RULES)?.assessment?.dangerSigns).toEqual([
      { code: "bleeding", present: false },
    ]);
  });
});

describe("the urgency", () => {
  const triage = (urgency: Schema<"Urgency">) =>
    ({ urgency, reasons: [], unanswered: [], ruleVersion: "1" }) as Schema<"Triage">;
  const { age, sex } = PATIENT;
  const bare = { age, sex, vitals: [], dangerSigns: [] };

  it("is not known before anything was found, unless it is grave already", () => {
    expect(isKnown(bare, triage("green"))).toBe(false);
    expect(isKnown(bare, triage("blue"))).toBe(false);
    expect(isKnown(bare, triage("orange"))).toBe(true);
  });

  it("is known from the first finding on", () => {
    const signs = [{ code: "bleeding", present: false }];
    expect(isKnown({ ...bare, dangerSigns: signs }, triage("green"))).toBe(true);
    expect(isKnown({ ...bare, consciousness: "alert" }, triage("green"))).toBe(true);
  });
});

describe("what is saved", () => {
  it("is nothing before there is a patient", () => {
    expect(contentOf(emptyDraft("en"), RULES)).toBeUndefined();
    expect(isUnsaved(emptyDraft("en"), RULES)).toBe(false);
  });

  it("holds only what was said", () => {
    expect(contentOf(draft({ question: "  Is it? ", concern: " " }), RULES)).toEqual({
      patientId: "p",
      mode: "clinician-advice",
      language: "en",
      situation: { question: "Is it?" },
    });
  });

  it("takes a decimal comma and leaves impossible figures here", () => {
    const values = draft({
      vitals: { temperature: measure("38,5", "Cel"), weight: measure("4000", "kg") },
      takenAt: "2026-03-01T10:00:00Z",
    });
    expect(contentOf(values, RULES)?.assessment?.vitals).toEqual([
      { code: "temperature", value: 38.5, unit: "Cel", takenAt: "2026-03-01T10:00:00Z" },
    ]);
  });

  it("says pregnancy only where it was asked", () => {
    const weeks = contentOf(draft({ pregnancy: "yes", weeks: "30" }), RULES);
    expect(weeks?.background?.pregnancy).toEqual({ state: "yes", weeks: 30 });
    const male = contentOf(draft({ patient: CHILD, pregnancy: "yes" }), RULES);
    expect(male?.background).toBeUndefined();
  });

  it("comes back from the server the same, earlier measurements too", () => {
    const content: Schema<"RequestContent"> = {
      patientId: "p",
      mode: "patient-present",
      language: "fr",
      specialty: "obstetrics",
      situation: { question: "Is it?", setting: "in-patient" },
      background: { pregnancy: { state: "yes", weeks: 30 } },
      assessment: {
        consciousness: "voice",
        vitals: [
          { code: "temperature", value: 38, unit: "Cel", takenAt: "2026-03-01T08:00:00Z" },
          { code: "temperature", value: 39, unit: "Cel", takenAt: "2026-03-01T10:00:00Z" },
        ],
        dangerSigns: [{ code: "labour", present: true }],
      },
      recommendation: {
        wanted: ["management"],
        genderWish: { gender: "female", required: true },
      },
    };
    const back = draftOf(request(3, content), emptyDraft("en"));
    expect(contentOf(back, RULES)).toEqual(content);
    expect(contentOf({ ...back, genderNeed: "wish" }, RULES)?.recommendation?.genderWish).toEqual({
      gender: "female",
      required: false,
    });
    expect(contentOf({ ...back, genderWish: "" }, RULES)?.recommendation).toEqual({
      wanted: ["management"],
    });
    expect(back.revision).toBe(3);
    expect(isUnsaved(back, RULES)).toBe(false);
    expect(isUnsaved({ ...back, question: "Or is it?" }, RULES)).toBe(true);
  });
});

function request(revision: number, content: Schema<"RequestContent">): Schema<"Request"> {
  return {
    consultId: "c",
    status: "draft",
    revision,
    patient: PATIENT,
    requester: { id: "r", name: "R" },
    content,
    triage: { urgency: "green", reasons: [], unanswered: [], ruleVersion: "1" },
    savedAt: "2026-03-01T00:00:00Z",
  };
}

describe("two versions of a draft", () => {
  const theirs = request(2, { patientId: "p", mode: "clinician-advice", language: "en" });

  it("are joined when one goes on from the other", () => {
    const mine = draft({ revision: 2, question: "Mine" });
    expect(chosen(mine, theirs, emptyDraft("en"))).toMatchObject({
      values: { question: "Mine" },
      theirs: undefined,
    });
    expect(chosen(undefined, theirs, emptyDraft("en"))).toMatchObject({ values: { revision: 2 } });
  });

  it("are both shown when each has words of its own", () => {
    const mine = draft({ revision: 1, question: "Mine" });
    expect(chosen(mine, theirs, emptyDraft("en"))).toMatchObject({
      values: { question: "Mine" },
      theirs: { revision: 2 },
    });
  });

  it("give way to the newer one when nothing was typed here since", () => {
    const mine = draft({ revision: 1 });
    const clean = { ...mine, savedContent: JSON.stringify(contentOf(mine, undefined)) };
    expect(chosen(clean, theirs, emptyDraft("en"))).toMatchObject({
      values: { revision: 2 },
      theirs: undefined,
    });
  });

  it("are one when both say the same, as when the answer to a save was lost", () => {
    const mine = draft({ revision: 0 });
    expect(chosen(mine, theirs, emptyDraft("en"))).toMatchObject({
      values: { revision: 2 },
      theirs: undefined,
    });
  });

  it("differ entry by entry", () => {
    expect(
      differences({ a: { b: "1", c: ["x"] }, same: true }, { a: { b: "2", d: "new" }, same: true }),
    ).toEqual([
      { pointer: "/a/b", mine: "1", theirs: "2" },
      { pointer: "/a/c", mine: "x", theirs: "" },
      { pointer: "/a/d", mine: "", theirs: "new" },
    ]);
  });
});

describe("the steps", () => {
  const steps = (values: DraftValues, known = KNOWN) =>
    allErrors(values, known).map(({ step }) => step);

  it("say what an empty request lacks", () => {
    expect(steps(emptyDraft("en"))).toEqual(["patient", "situation", "consent"]);
    expect(steps(draft())).toEqual(["situation", "background", "signs", "consent"]);
  });

  it("are complete when all that the server asks for is there", () => {
    const values = draft({
      question: "Is it?",
      pregnancy: "unknown",
      signs: { bleeding: "no" },
      consents: { advice: "granted" },
      givenBy: "patient",
      consentForm: "spoken",
    });
    expect(steps(values)).toEqual([]);
  });

  it("ask for a child's weight and a guardian", () => {
    const values = draft({
      patient: CHILD,
      givenBy: "patient",
      consentForm: "spoken",
      consents: { advice: "granted" },
    });
    expect(errorsIn("vitals", values, KNOWN)).toHaveLength(1);
    expect(errorsIn("consent", values, KNOWN)[0]?.pointer).toBe("/givenBy");
    const weighed = { ...values, vitals: { weight: measure("8.1", "kg") } };
    expect(errorsIn("vitals", weighed, KNOWN)).toEqual([]);
  });

  it("name an impossible figure at its field", () => {
    const values = draft({ vitals: { temperature: measure("389", "Cel") } });
    expect(errorsIn("vitals", values, KNOWN)).toEqual([
      { pointer: "/vitals/temperature", detail: "Between 25 and 45." },
    ]);
  });

  it("want a reason for less urgency, and none for more", () => {
    const triage: Schema<"Triage"> = {
      urgency: "orange",
      reasons: [],
      unanswered: [],
      ruleVersion: "1",
    };
    const less = draft({ urgency: "green" });
    expect(asksForLess(less, triage)).toBe(true);
    expect(errorsIn("urgency", less, { ...KNOWN, triage })).toHaveLength(1);
    expect(asksForLess(draft({ urgency: "red" }), triage)).toBe(false);
  });

  it("lead from the server's errors back to the fields", () => {
    expect(fieldOf("/situation/question")).toBe("/question");
    expect(fieldOf("/background/pregnancy/state")).toBe("/pregnancy");
    expect(fieldOf("/assessment/dangerSigns")).toBe("/signs");
    expect(fieldOf("/assessment/vitals/3/value")).toBe("/vitals");
    expect(fieldOf("/consents/0/relation")).toBe("/relation");
    expect(stepOf("/relation")).toBe("consent");
    expect(stepOf("/vitals")).toBe("vitals");
  });

  it("show what only the server saw beside what this page saw", () => {
    const own = [
      { step: "situation", errors: [{ pointer: "/question", detail: "Ask." }] },
    ] as const;
    const merged = withServerErrors(own, [
      { pointer: "/question", detail: "Ask." },
      { pointer: "/vitals", detail: "Weigh." },
    ]);
    expect(merged.map(({ step, errors }) => [step, errors.length])).toEqual([
      ["situation", 1],
      ["vitals", 1],
    ]);
  });
});

describe("the short way", () => {
  const male = { ...PATIENT, sex: "male" } as const;

  it("leads from the question to measurements, danger signs, consent and sending", () => {
    const asked = draft({ patient: male, question: "Is it?" });
    expect(nextNeeded("situation", asked, KNOWN)).toBe("vitals");
    const measured = { ...asked, vitals: { temperature: measure("38", "Cel") } };
    expect(nextNeeded("situation", measured, KNOWN)).toBe("signs");
    const looked = { ...measured, signs: { bleeding: "no" } } as const;
    expect(nextNeeded("signs", looked, KNOWN)).toBe("consent");
    expect(nextNeeded("consent", looked, KNOWN)).toBe("check");
    expect(nextNeeded("check", looked, KNOWN)).toBeUndefined();
  });

  it("never passes by what is missing", () => {
    expect(nextNeeded("situation", draft({ question: "Is it?" }), KNOWN)).toBe("background");
  });
});

describe("consents", () => {
  const values = draft({
    givenBy: "guardian",
    relation: "mother",
    consentForm: "thumb",
    consents: { advice: "granted" },
  });

  it("carry the language and version of the text that was read", () => {
    expect(consentsOf(values, TEXTS)).toEqual([
      {
        purpose: "advice",
        decision: "granted",
        givenBy: "guardian",
        form: "thumb",
        language: "sw",
        textVersion: "1",
        relation: "mother",
      },
    ]);
  });

  it("are waived in an emergency only where the request needs them", () => {
    const waived = draft({
      givenBy: "emergency-waiver",
      waiverReason: "Unconscious and alone",
      consents: { teaching: "granted" },
    });
    expect(consentsOf(waived, TEXTS)).toEqual([
      {
        purpose: "advice",
        decision: "granted",
        givenBy: "emergency-waiver",
        form: "none",
        language: "sw",
        textVersion: "1",
        waiverReason: "Unconscious and alone",
      },
    ]);
  });
});
