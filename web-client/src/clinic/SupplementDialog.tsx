import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { newKey, type Schema } from "../api/client";
import { consciousnessName, unitText, urgencyName, useTriageRules, valueOf } from "../consult";
import { useForm } from "../form";
import type { Handed } from "../offline/acts";
import { hand, TITLE_CHARACTERS, useWaiting } from "../offline/hand";
import { t as offline } from "../offline/words";
import { useResumed } from "../resume";
import { currentAddress } from "../router";
import {
  Button,
  Choice,
  Dialog,
  FormFrame,
  type Measure,
  Notice,
  numberIn,
  Quantity,
  TextArea,
  toast,
} from "../ui";
import { vitalError } from "./request/vitals";
import { t } from "./words";

interface Values {
  readonly consciousness: Schema<"Consciousness"> | "";
  readonly vitals: Readonly<Record<string, Measure>>;
  readonly text: string;
}
const EMPTY: Values = { consciousness: "", vitals: {}, text: "" };

/** New measurements after sending: the urgency is computed anew, and everybody sees the change. */
export function SupplementButton(props: { consultId: string; onAdded: () => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const waiting = useWaiting("supplement", props.consultId, props.onAdded);
  useResumed([draftOf(props.consultId)], () => setOpen(true));
  return (
    <>
      <div>
        <Button icon="plus" onPress={() => setOpen(true)}>
          {t("supplement")}
        </Button>
      </div>
      {waiting.map(({ id, title }) => (
        <Notice key={id} tone="warning" action={<a href="/waiting">{offline("pending")}</a>}>
          <bdi>{title}</bdi>
        </Notice>
      ))}
      {open && <SupplementDialog consultId={props.consultId} onClose={() => setOpen(false)} />}
    </>
  );
}

function SupplementDialog(props: { consultId: string; onClose: () => void }): JSX.Element {
  const rules = valueOf(useTriageRules());
  const [id] = useState(newKey);
  const draft = draftOf(props.consultId);
  const form = useForm<Values, Handed>({
    initial: EMPTY,
    draft,
    validate: (values) => [
      ...Object.entries(values.vitals).flatMap(([code, measure]) => {
        const detail = vitalError(code, measure, rules);
        return detail ? [{ pointer: `/vitals/${code}`, detail }] : [];
      }),
      ...(isEmpty(values) ? [{ pointer: "/text", detail: t("supplementNeeded") }] : []),
    ],
    fieldOf: (pointer) => (pointer.startsWith("/vitals") ? "/vitals" : pointer || "/text"),
    send: (values, key) => {
      const body = bodyOf(id, values);
      return hand({
        id: key,
        title: titleOf(body, rules),
        actedAt: Date.now(),
        form: { draft, values, page: `${currentAddress().path}?tab=case` },
        doing: { kind: "supplement", consultId: props.consultId, body },
      });
    },
    onSent: (handed) => {
      props.onClose();
      if (handed.kind === "kept") return toast(offline("kept"));
      const added = handed.answer as Schema<"Supplement"> | undefined;
      const urgency = added && urgencyName(added.triage.urgency);
      const same = !urgency || added.triage.urgency === added.urgencyBefore;
      toast(same ? t("supplemented") : t("urgencyNow", { urgency }));
    },
  });
  return (
    <Dialog title={t("supplement")} onClose={props.onClose}>
      <p>{t("supplementLead")}</p>
      <FormFrame form={form} submit={t("supplementSend")}>
        <Choice
          label={t("consciousness")}
          optional
          options={[
            { value: "alert", label: t("alert") },
            { value: "voice", label: t("voice") },
            { value: "pain", label: t("pain") },
            { value: "unresponsive", label: t("unresponsive") },
          ]}
          {...form.field("/consciousness")}
        />
        <div class="measures">
          {(rules?.vitals ?? []).map((vital) => (
            <Quantity
              key={vital.code}
              label={vital.label}
              optional
              whole={vital.decimals === 0}
              units={[{ value: vital.unit, label: unitText(vital.unit) }]}
              {...form.field(`/vitals/${vital.code}`)}
              value={form.values.vitals[vital.code] ?? { value: "", unit: vital.unit }}
            />
          ))}
        </div>
        <TextArea
          label={t("supplementText")}
          optional
          rows={2}
          maxLength={2000}
          {...form.field("/text")}
        />
      </FormFrame>
    </Dialog>
  );
}

function isEmpty({ consciousness, vitals, text }: Values): boolean {
  const measured = Object.values(vitals).some(({ value }) => value.trim() !== "");
  return consciousness === "" && !measured && text.trim() === "";
}

function draftOf(consultId: string): string {
  return `supplement ${consultId}`;
}

/** What names it in a list: the words, else what was measured. */
function titleOf(
  { text, vitals = [], consciousness }: Schema<"NewSupplement">,
  rules: Schema<"TriageRules"> | undefined,
): string {
  const measured = vitals.map(({ code, value, unit }) => {
    const label = rules?.vitals.find((one) => one.code === code)?.label ?? code;
    return `${label} ${value} ${unitText(unit)}`;
  });
  const level = consciousness ? [consciousnessName(consciousness)] : [];
  return text?.slice(0, TITLE_CHARACTERS) ?? [...level, ...measured].join(" · ");
}

function bodyOf(id: string, values: Values): Schema<"NewSupplement"> {
  const takenAt = `${new Date().toISOString().slice(0, 16)}:00Z`;
  const vitals = Object.entries(values.vitals).flatMap(([code, measure]) => {
    const value = numberIn(measure);
    if (value === undefined) return [];
    return [{ code: code as Schema<"VitalSign">["code"], value, unit: measure.unit, takenAt }];
  });
  const text = values.text.trim();
  return {
    id,
    ...(values.consciousness && { consciousness: values.consciousness }),
    ...(vitals.length > 0 && { vitals }),
    ...(text && { text }),
  };
}
