import type { JSX } from "preact";
import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { useForm } from "../form";
import { hand } from "../offline/hand";
import { currentAddress } from "../router";
import { Choice, FormFrame, Notice, Select, TextArea, TextInput } from "../ui";
import { resultName } from "./results";
import { t } from "./words";

type Body = Schema<"NewOutcome">;
type Result = Body["result"];
type Followed = Body["adviceFollowed"];
type Diagnosis = NonNullable<Body["diagnosis"]>;

/** What is typed about how the patient fared. */
export interface OutcomeValues {
  readonly result: Result | "";
  readonly adviceFollowed: Followed | "";
  readonly why: string;
  readonly diagnosis: Diagnosis | "";
  readonly finalDiagnosis: string;
  readonly usefulness: string;
  readonly text: string;
  readonly nextQuestion: string;
}

const EMPTY: OutcomeValues = {
  result: "",
  adviceFollowed: "",
  why: "",
  diagnosis: "",
  finalDiagnosis: "",
  usefulness: "",
  text: "",
  nextQuestion: "",
};

const RESULTS: readonly Result[] = [
  "better",
  "same",
  "worse",
  "transferred",
  "left",
  "died",
  "unknown",
];

/** One minute of questions; sending them closes the consult, or opens it again. */
export default function OutcomeForm(props: {
  consultId: string;
  /** Without the outcome when another page of this device has sent it. */
  onRecorded: (followUp: Schema<"FollowUp"> | undefined) => void;
  /** It waits on this device until the server can be reached. */
  onKept: () => void;
}): JSX.Element {
  const form = useForm({
    initial: EMPTY,
    draft: `outcome ${props.consultId}`,
    validate: outcomeErrors,
    send: (values, key) =>
      hand({
        id: key,
        title: resultName(values.result),
        actedAt: Date.now(),
        form: {
          draft: `outcome ${props.consultId}`,
          values,
          page: currentAddress().path,
        },
        doing: { kind: "outcome", consultId: props.consultId, body: outcomeBody(values) },
      }),
    onSent: (handed) =>
      handed.kind === "sent"
        ? props.onRecorded(handed.answer as Schema<"FollowUp"> | undefined)
        : props.onKept(),
  });
  const { adviceFollowed, diagnosis } = form.values;
  const opens = reopens(form.values);
  return (
    <FormFrame form={form} submit={opens ? t("sendNews") : t("closeConsult")}>
      <Choice
        label={t("result")}
        options={RESULTS.map((value) => ({ value, label: resultName(value) }))}
        {...form.field("/result")}
      />
      <Choice
        label={t("followed")}
        options={[
          { value: "fully", label: t("fully") },
          { value: "partly", label: t("partly") },
          { value: "no", label: t("notFollowed") },
        ]}
        {...form.field("/adviceFollowed")}
      />
      {(adviceFollowed === "partly" || adviceFollowed === "no") && (
        <TextArea label={t("why")} optional rows={2} maxLength={1000} {...form.field("/why")} />
      )}
      <Choice
        label={t("diagnosisAfter")}
        optional
        options={[
          { value: "confirmed", label: t("confirmed") },
          { value: "changed", label: t("changed") },
          { value: "unknown", label: t("unknown") },
        ]}
        {...form.field("/diagnosis")}
      />
      {diagnosis === "changed" && (
        <TextInput
          label={t("finalDiagnosis")}
          optional
          maxLength={500}
          {...form.field("/finalDiagnosis")}
        />
      )}
      <Select
        label={t("usefulness")}
        optional
        empty={t("choose")}
        options={(["1", "2", "3", "4", "5"] as const).map((value) => ({
          value,
          label: t(`useful${value}`),
        }))}
        {...form.field("/usefulness")}
      />
      <TextArea
        label={t("outcomeText")}
        optional
        rows={2}
        maxLength={4000}
        {...form.field("/text")}
      />
      <TextArea
        label={t("nextQuestion")}
        optional
        rows={2}
        maxLength={1000}
        {...form.field("/nextQuestion")}
      />
      {opens && <Notice>{t("opensAgain")}</Notice>}
    </FormFrame>
  );
}

/** Whether the specialist is waited for again after this. */
export function reopens({ result, nextQuestion }: OutcomeValues): boolean {
  return result === "worse" || nextQuestion.trim() !== "";
}

export function outcomeErrors(values: OutcomeValues): FieldError[] {
  const errors: FieldError[] = [];
  if (values.result === "") errors.push({ pointer: "/result", detail: t("resultNeeded") });
  if (values.adviceFollowed === "") {
    errors.push({ pointer: "/adviceFollowed", detail: t("followedNeeded") });
  }
  return errors;
}

/** What is sent: only what was said, and only where the question was shown. */
export function outcomeBody(values: OutcomeValues): Body {
  const { result, adviceFollowed, diagnosis, usefulness } = values;
  const why = adviceFollowed === "fully" ? "" : values.why.trim();
  const finalDiagnosis = diagnosis === "changed" ? values.finalDiagnosis.trim() : "";
  const text = values.text.trim();
  const nextQuestion = values.nextQuestion.trim();
  return {
    result: result as Result,
    adviceFollowed: adviceFollowed as Followed,
    ...(why && { why }),
    ...(diagnosis && { diagnosis }),
    ...(finalDiagnosis && { finalDiagnosis }),
    ...(usefulness && { usefulness: Number(usefulness) }),
    ...(text && { text }),
    ...(nextQuestion && { nextQuestion }),
  };
}
