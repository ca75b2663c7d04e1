import type { ComponentChildren, JSX } from "preact";
import { Fragment } from "preact";
import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { errorAt } from "../../form";
import { Choice, TextArea } from "../../ui";
import type { Subject } from "./draft";
import type { NoteValues } from "./note";
import { RecommendationRows } from "./RecommendationRows";
import type { Warning } from "./useChecks";
import { t } from "./words";
import { useSaid } from "../../said/said";

type Asked = Schema<"NoteTemplate">["sections"][number];
type Section = Asked["section"];

/** Until the template is there, and where there is none. */
const ORDER: readonly Asked[] = (
  [
    "answer",
    "impression",
    "certainty",
    "recommendations",
    "avoid",
    "watchFor",
    "limits",
    "learningPoint",
  ] as const
).map((section) => ({ section }));

/** The parts of a note in the order in which its specialty asks for them. */
export function NoteFields(props: {
  asked: readonly Asked[];
  subject: Subject;
  values: NoteValues;
  errors: readonly FieldError[];
  warnings: ReadonlyMap<number, readonly Warning[]>;
  weightKg: number | undefined;
  onChange: (part: Partial<NoteValues>) => void;
  /** Advice was changed: what was refused of it no longer holds. */
  onRecommendations: () => void;
}): JSX.Element {
  const { subject, values, errors } = props;
  const asked = props.asked.length > 0 ? props.asked : ORDER;
  const said = useSaid();
  const prompts = new Map(asked.map(({ section, prompt }) => [section, prompt && said(prompt)]));
  const field = <K extends Exclude<Section, "recommendations">>(name: K) => ({
    name: `/${name}`,
    value: values[name],
    error: errorAt(errors, `/${name}`),
    onChange: (value: NoteValues[K]) =>
      props.onChange({ [name]: value } as unknown as Partial<NoteValues>),
  });
  const draw: Record<Section, () => ComponentChildren> = {
    answer: () => (
      <TextArea
        label={subject.kind === "addendum" ? t("addition") : t("answer")}
        hint={prompts.get("answer") ?? t("answerHint")}
        rows={2}
        maxLength={1000}
        lang={values.language}
        {...field("answer")}
      />
    ),
    impression: () => (
      <TextArea
        label={t("impression")}
        hint={prompts.get("impression")}
        optional
        maxLength={8000}
        lang={values.language}
        {...field("impression")}
      />
    ),
    certainty: () => (
      <Choice
        label={t("certainty")}
        optional
        options={[
          { value: "certain", label: t("certain") },
          { value: "likely", label: t("likely") },
          { value: "uncertain", label: t("uncertain") },
        ]}
        {...field("certainty")}
      />
    ),
    recommendations: () => (
      <RecommendationRows
        rows={values.recommendations}
        language={values.language}
        prompt={prompts.get("recommendations")}
        errors={errors}
        warnings={props.warnings}
        weightKg={props.weightKg}
        onChange={(recommendations) => {
          props.onRecommendations();
          props.onChange({ recommendations });
        }}
      />
    ),
    avoid: () => (
      <TextArea
        label={t("avoid")}
        hint={prompts.get("avoid")}
        optional
        maxLength={4000}
        {...field("avoid")}
      />
    ),
    watchFor: () => (
      <TextArea
        label={t("watchFor")}
        hint={prompts.get("watchFor")}
        optional
        maxLength={4000}
        {...field("watchFor")}
      />
    ),
    limits: () => (
      <TextArea
        label={t("limits")}
        hint={prompts.get("limits")}
        optional
        maxLength={2000}
        {...field("limits")}
      />
    ),
    learningPoint: () => (
      <TextArea
        label={t("learningPoint")}
        hint={prompts.get("learningPoint")}
        optional
        maxLength={2000}
        {...field("learningPoint")}
      />
    ),
  };
  return (
    <>
      {asked.map(({ section }) => (
        <Fragment key={section}>{draw[section]()}</Fragment>
      ))}
    </>
  );
}
