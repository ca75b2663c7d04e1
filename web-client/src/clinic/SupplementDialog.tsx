import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, newKey, ok, once, type Schema } from "../api/client";
import { unitText, urgencyName, useTriageRules, valueOf } from "../consult";
import { useForm } from "../form";
import {
  Button,
  Choice,
  Dialog,
  FormFrame,
  type Measure,
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
  return (
    <>
      <div>
        <Button icon="plus" onPress={() => setOpen(true)}>
          {t("supplement")}
        </Button>
      </div>
      {open && (
        <SupplementDialog
          consultId={props.consultId}
          onClose={() => setOpen(false)}
          onAdded={() => {
            setOpen(false);
            props.onAdded();
          }}
        />
      )}
    </>
  );
}

function SupplementDialog(props: {
  consultId: string;
  onClose: () => void;
  onAdded: () => void;
}): JSX.Element {
  const rules = valueOf(useTriageRules());
  const [id] = useState(newKey);
  const form = useForm<Values, Schema<"Supplement">>({
    initial: EMPTY,
    draft: `supplement ${props.consultId}`,
    validate: (values) => [
      ...Object.entries(values.vitals).flatMap(([code, measure]) => {
        const detail = vitalError(code, measure, rules);
        return detail ? [{ pointer: `/vitals/${code}`, detail }] : [];
      }),
      ...(isEmpty(values) ? [{ pointer: "/text", detail: t("supplementNeeded") }] : []),
    ],
    fieldOf: (pointer) => (pointer.startsWith("/vitals") ? "/vitals" : pointer || "/text"),
    send: (values, key) =>
      ok(
        api.POST("/consults/{consultId}/supplements", {
          params: { path: { consultId: props.consultId } },
          body: bodyOf(id, values),
          headers: once(key),
        }),
      ),
    onSent: ({ triage, urgencyBefore }) => {
      const urgency = urgencyName(triage.urgency);
      toast(triage.urgency === urgencyBefore ? t("supplemented") : t("urgencyNow", { urgency }));
      props.onAdded();
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
