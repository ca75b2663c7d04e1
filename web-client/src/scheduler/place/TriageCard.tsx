import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../../api/client";
import {
  modeName,
  TriageReasons,
  UrgencyBadge,
  urgencyName,
  useCatalogue,
  useSpecialtyName,
  valueOf,
} from "../../consult";
import { useForm } from "../../form";
import {
  Button,
  Card,
  Checkbox,
  Choice,
  Disclosure,
  Facts,
  FormFrame,
  Select,
  TextArea,
} from "../../ui";
import { toast } from "../../ui";
import { URGENCIES } from "../queue/queue";
import { t } from "../words";
import { checkTriage, isChange, triageOf } from "./triage";

type Consult = Schema<"Consult">;

const MODES: readonly Schema<"ConsultMode">[] = [
  "clinician-advice",
  "patient-present",
  "direct-to-patient",
];

/** Urgency as computed, asked for and confirmed; and the form that confirms it. */
export function TriageCard(props: {
  consult: Consult;
  request: Schema<"Request"> | undefined;
  mayPlace: boolean;
  onTriaged: (consult: Consult) => void;
}): JSX.Element {
  const { summary } = props.consult;
  const specialtyName = useSpecialtyName();
  const first = summary.status === "submitted";
  const [again, setAgain] = useState(false);
  const editing = props.mayPlace && (first || again);
  const { computed, requested, confirmed } = summary.urgency;
  return (
    <Card
      title={first ? t("triage") : t("triageDone")}
      tone={first ? summary.urgencyNow : "plain"}
      actions={
        props.mayPlace &&
        !first &&
        !again &&
        (summary.status === "triaged" || summary.status === "offered") && (
          <Button small onPress={() => setAgain(true)}>
            {t("triageAgain")}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          { label: t("computed"), value: <UrgencyBadge urgency={computed} /> },
          { label: t("requested"), value: <UrgencyBadge urgency={requested} /> },
          {
            label: t("confirmedUrgency"),
            value: confirmed ? (
              <UrgencyBadge urgency={confirmed} />
            ) : (
              <span class="muted">{t("notYet")}</span>
            ),
          },
          ...(editing
            ? []
            : [
                {
                  label: t("specialty"),
                  value: summary.specialty ? specialtyName(summary.specialty) : t("notYet"),
                },
                { label: t("mode"), value: modeName(summary.mode) },
              ]),
        ]}
      />
      {props.request && (
        <Disclosure
          summary={t("why", { urgency: urgencyName(computed) })}
          open={first && computed !== requested}
        >
          <TriageReasons triage={props.request.triage} />
          {props.request.urgencyReason && (
            <p class="prose muted">
              {t("requested")}: {props.request.urgencyReason}
            </p>
          )}
        </Disclosure>
      )}
      {editing && (
        <TriageForm
          summary={summary}
          onCancel={first ? undefined : () => setAgain(false)}
          onTriaged={(consult) => {
            setAgain(false);
            props.onTriaged(consult);
          }}
        />
      )}
    </Card>
  );
}

function TriageForm(props: {
  summary: Schema<"ConsultSummary">;
  onCancel: (() => void) | undefined;
  onTriaged: (consult: Consult) => void;
}): JSX.Element {
  const { summary } = props;
  const catalogue = valueOf(useCatalogue());
  const form = useForm({
    initial: { ...triageOf(summary), lifeThreatening: false },
    validate: (values) =>
      checkTriage(values, summary, { specialty: t("askSpecialty"), reason: t("askReason") }),
    send: ({ reason, lifeThreatening, ...values }, key) =>
      ok(
        api.POST("/consults/{consultId}/triage", {
          params: { path: { consultId: summary.id } },
          body: {
            ...values,
            ...(values.urgency === "red" ? { lifeThreatening } : {}),
            ...(reason.trim() ? { reason: reason.trim() } : {}),
          },
          headers: once(key),
        }),
      ),
    onSent: (consult) => {
      toast(t("confirmed"));
      props.onTriaged(consult);
    },
  });
  const target = catalogue?.urgencies.find(({ code }) => code === form.values.urgency);
  const specialties = catalogue?.specialties ?? [];
  return (
    <FormFrame
      form={form}
      submit={t("confirm")}
      others={props.onCancel && <Button onPress={props.onCancel}>{t("cancel")}</Button>}
    >
      <p class="muted">{t("triageLead")}</p>
      <Choice
        label={t("urgency")}
        hint={target && `${target.meaning} · ${acceptWithin(target.acceptMinutes)}`}
        options={URGENCIES.map((value) => ({ value, label: urgencyName(value) }))}
        {...form.field("/urgency")}
      />
      {form.values.urgency === "red" && (
        <Checkbox
          label={t("lifeThreatening")}
          hint={t("lifeThreateningHint")}
          {...form.field("/lifeThreatening")}
        />
      )}
      <Select
        label={t("specialty")}
        empty={t("chooseSpecialty")}
        options={specialties.map(({ code, label }) => ({ value: code, label }))}
        {...form.field("/specialty")}
      />
      <Select
        label={t("mode")}
        options={MODES.map((value) => ({ value, label: modeName(value) }))}
        {...form.field("/mode")}
      />
      {(isChange(form.values, summary) || form.values.reason !== "") && (
        <TextArea
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
      )}
    </FormFrame>
  );
}

function acceptWithin(minutes: number): string {
  return minutes % 60 === 0 && minutes >= 60
    ? t("withinHours", { count: minutes / 60 })
    : t("within", { count: minutes });
}
