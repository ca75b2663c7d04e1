import type { ComponentChildren, JSX } from "preact";
import { Fragment } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { asProblem, type FieldError, type Problem } from "../../api/problem";
import { languageName } from "../../consult/names";
import { valueOf } from "../../consult/reference";
import { NoteBody, RecommendationBody } from "../../consult/SignedNotes";
import { deviceId } from "../../device";
import { errorAt } from "../../form";
import { useResource } from "../../resource";
import { dayAndTime } from "../../time";
import {
  Actions,
  Button,
  Card,
  Choice,
  FieldRow,
  Notice,
  ProblemNotice,
  Select,
  Stack,
  TextArea,
  TextInput,
  toast,
} from "../../ui";
import type { Saving, Subject } from "./draft";
import { checkNote, fieldIn, type NoteValues } from "./note";
import { RecommendationRows } from "./RecommendationRows";
import { SignDialog } from "./SignDialog";
import { useChecks } from "./useChecks";
import { useNoteDraft } from "./useNoteDraft";
import { t } from "./words";
import "./note.css";

type Section = Schema<"NoteTemplate">["sections"][number]["section"];

/** Until the template is there, and where there is none. */
const ORDER: readonly Section[] = [
  "answer",
  "impression",
  "certainty",
  "recommendations",
  "avoid",
  "watchFor",
  "limits",
  "learningPoint",
];

/** Where the specialist writes: saved as it is typed, signed when it is whole. */
export function NoteEditor(props: {
  consultId: string;
  subject: Subject;
  /** All of the caller's drafts in this consult. */
  drafts: readonly Schema<"NoteDraft">[];
  /** The newest signed version on the page; 0 for none. */
  seenVersion: number;
  /** The clinic's language, until the specialist chooses another. */
  language: string;
  /** Languages to choose from. */
  languages: readonly string[];
  specialty?: string | undefined;
  /** True when a signed note stands already. */
  later: boolean;
  onSigned: () => void;
  /** The server has kept what was typed as something else; read the drafts again. */
  onMoved: () => void;
  onClose?: () => void;
}): JSX.Element {
  const { consultId, subject } = props;
  const template = valueOf(useTemplate(props.specialty));
  const note = useNoteDraft({
    consultId,
    subject,
    drafts: props.drafts,
    seenVersion: props.seenVersion,
    language: props.language,
    template: template && { id: template.id, version: template.version },
    onMoved: props.onMoved,
  });
  const { values, saving } = note.state;
  const { warnings, checks } = useChecks(consultId, values);
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<Problem>();
  const [preview, setPreview] = useState<{
    shown: Schema<"NotePreview">;
    act: Schema<"NoteAct">;
  }>();
  const root = useRef<HTMLDivElement>(null);
  const focusError = useRef(false);
  const corrects = subject.kind === "correction";
  const errors = [
    ...(asked ? missing(values, subject) : []),
    ...(asked && corrects && !reason.trim()
      ? [{ pointer: "/reasonText", detail: t("askReason") }]
      : []),
    ...refusals(values, saving.kind === "failed" ? saving.problem : undefined),
    ...refusals(values, refused),
  ];
  const set = (part: Partial<NoteValues>) => note.change((before) => ({ ...before, ...part }));
  const field = <K extends keyof NoteValues & string>(name: K) => ({
    name: `/${name}`,
    value: values[name],
    error: errorAt(errors, `/${name}`),
    onChange: (value: NoteValues[K]) => set({ [name]: value } as unknown as Partial<NoteValues>),
  });

  useLayoutEffect(() => {
    if (!focusError.current) return;
    focusError.current = false;
    root.current
      ?.querySelector<HTMLElement>("[aria-invalid=true], fieldset[data-invalid] button")
      ?.focus();
  });

  const sign = async () => {
    setAsked(true);
    setRefused(undefined);
    if (missing(values, subject).length > 0 || (corrects && !reason.trim())) {
      focusError.current = true;
      return;
    }
    const draft = await note.saveNow();
    if (!draft || draft.kind !== subject.kind) return;
    const act: Schema<"NoteAct"> = {
      kind: subject.kind,
      draftId: draft.id,
      revision: draft.revision,
      ...(subject.amends ? { amends: subject.amends } : {}),
      ...(corrects ? { reasonText: reason.trim() } : {}),
    };
    try {
      const shown = await ok(
        api.POST("/consults/{consultId}/notes/preview", {
          params: { path: { consultId } },
          body: act,
        }),
      );
      setPreview({ shown, act });
    } catch (error) {
      focusError.current = true;
      setRefused(asProblem(error));
    }
  };
  const languages = [...new Set([values.language, props.language, ...props.languages])];
  const prompts = new Map(template?.sections.map(({ section, prompt }) => [section, prompt]));
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
        warnings={warnings}
        weightKg={checks?.weightKg}
        onChange={(recommendations) => {
          setRefused(undefined);
          set({ recommendations });
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
  const order = template?.sections.map(({ section }) => section) ?? ORDER;
  return (
    <Card
      title={titleOf(subject, props.later)}
      actions={<SavingLine saving={saving} />}
      tone="raised"
    >
      <div class="stack note-editor" ref={root}>
        <Lead subject={subject} late={isLate(props.drafts, note.state.id)} />
        {note.others.map((other) => (
          <Beside
            key={other.id}
            other={other}
            maySwitch={saving.kind === "saved"}
            onMerge={() => note.merge(other)}
            onSwitch={() => note.switchTo(other)}
            onDiscard={() => note.discard(other)}
          />
        ))}
        {corrects && (
          <TextArea
            label={t("reason")}
            hint={t("reasonHint")}
            rows={2}
            maxLength={1000}
            name="/reasonText"
            value={reason}
            error={errorAt(errors, "/reasonText")}
            onChange={setReason}
          />
        )}
        {order.map((section) => (
          <Fragment key={section}>{draw[section]()}</Fragment>
        ))}
        <FieldRow>
          <TextInput
            label={t("followUp")}
            hint={t("followUpHint")}
            optional
            inputMode="numeric"
            maxLength={3}
            {...field("followUpInDays")}
          />
          <Select
            label={t("language")}
            options={languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
            {...field("language")}
          />
        </FieldRow>
        {saving.kind === "failed" && (
          <Notice tone="warning">{t("failed", { reason: saving.problem.sentence })}</Notice>
        )}
        {refused && <ProblemNotice problem={refused} />}
        <Actions>
          {props.onClose && <Button onPress={props.onClose}>{t("close")}</Button>}
          <Button
            kind="primary"
            icon="check"
            busy={asked && saving.kind === "sending"}
            onPress={() => void sign()}
          >
            {t("preview")}
          </Button>
        </Actions>
      </div>
      {preview && (
        <SignDialog
          consultId={consultId}
          act={preview.act}
          shown={preview.shown}
          onClose={() => setPreview(undefined)}
          onSigned={() => {
            note.forget();
            setPreview(undefined);
            toast(t("signed"));
            props.onSigned();
          }}
        />
      )}
    </Card>
  );
}

function useTemplate(specialty: string | undefined) {
  return useResource(
    () => ok(api.GET("/note-templates", { params: { query: specialty ? { specialty } : {} } })),
    [specialty],
  );
}

function titleOf(subject: Subject, later: boolean): string {
  switch (subject.kind) {
    case "addendum":
      return t("addendum");
    case "correction":
      return t("correction");
    case "note":
      return later ? t("supplement") : t("title");
  }
}

function isLate(drafts: readonly Schema<"NoteDraft">[], id: string): boolean {
  return drafts.some((draft) => draft.id === id && draft.late);
}

function Lead(props: { subject: Subject; late: boolean }): JSX.Element | null {
  if (props.late) return <Notice tone="warning">{t("lateLead")}</Notice>;
  switch (props.subject.kind) {
    case "addendum":
      return <p class="muted">{t("addendumLead")}</p>;
    case "correction":
      return <p class="muted">{t("correctionLead")}</p>;
    case "note":
      return null;
  }
}

function SavingLine({ saving }: { saving: Saving }): JSX.Element {
  return (
    <span class="muted small" role="status">
      {savingWords(saving)}
    </span>
  );
}

export function savingWords(saving: Saving): string {
  switch (saving.kind) {
    case "saved":
      return saving.at ? t("saved", { time: dayAndTime(saving.at) }) : t("fresh");
    case "waiting":
    case "failed":
      return t("waiting");
    case "sending":
      return t("sending");
  }
}

/** A draft of the same note typed elsewhere: shown beside, until the author merges the two. */
function Beside(props: {
  other: Schema<"NoteDraft">;
  maySwitch: boolean;
  onMerge: () => Promise<void>;
  onSwitch: () => void;
  onDiscard: () => Promise<void>;
}): JSX.Element {
  const { content, savedAt } = props.other;
  const here = props.other.deviceId === deviceId();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const act = (work: () => Promise<void>) => {
    setBusy(true);
    work()
      .catch((error: unknown) => toast(asProblem(error).sentence))
      .finally(() => setBusy(false));
  };
  return (
    <Notice tone="warning" title={t("beside")}>
      <Stack>
        <p>{t(here ? "besideHere" : "besideThere", { time: dayAndTime(savedAt) })}</p>
        <div class="note-preview">
          <NoteBody content={content} />
          {content.recommendations?.map((recommendation, index) => (
            <RecommendationBody key={index} content={recommendation} lang={content.language} />
          ))}
        </div>
        <Actions>
          {sure ? (
            <Button kind="danger" busy={busy} onPress={() => act(props.onDiscard)}>
              {t("discardSure")}
            </Button>
          ) : (
            <Button onPress={() => setSure(true)}>{t("discard")}</Button>
          )}
          {props.maySwitch && <Button onPress={props.onSwitch}>{t("switchTo")}</Button>}
          <Button kind="primary" busy={busy} onPress={() => act(props.onMerge)}>
            {t("merge")}
          </Button>
        </Actions>
      </Stack>
    </Notice>
  );
}

function missing(values: NoteValues, subject: Subject): FieldError[] {
  return checkNote(
    values,
    {
      answer: subject.kind === "addendum" ? t("askAddition") : t("askAnswer"),
      text: t("askText"),
      days: t("askDays"),
      something: t("askSomething"),
      number: t("askNumber"),
      times: t("askTimes"),
    },
    subject.kind,
  );
}

function refusals(values: NoteValues, problem: Problem | undefined): FieldError[] {
  return (problem?.errors ?? []).map(({ pointer, detail }) => ({
    pointer: fieldIn(values, pointer),
    detail,
  }));
}
