import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { asProblem, type FieldError, type Problem } from "../../api/problem";
import { languageName } from "../../consult/names";
import { useCatalogue, valueOf } from "../../consult/reference";
import { errorAt } from "../../form";
import { useResource } from "../../resource";
import { dayAndTime } from "../../time";
import {
  Actions,
  Button,
  Card,
  FieldRow,
  Notice,
  ProblemNotice,
  Select,
  TextArea,
  TextInput,
  toast,
} from "../../ui";
import { Beside } from "./Beside";
import type { Saving, Subject } from "./draft";
import { checkNote, fieldIn, type NoteValues } from "./note";
import { NoteFields } from "./NoteFields";
import { SignDialog } from "./SignDialog";
import { useChecks } from "./useChecks";
import { useNoteDraft } from "./useNoteDraft";
import { t } from "./words";
import "./note.css";

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
  const [asking, setAsking] = useState(props.specialty ?? "");
  const template = valueOf(useTemplate(asking || undefined));
  const specialties = valueOf(useCatalogue())?.specialties ?? [];
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
        <NoteFields
          asked={template?.sections ?? []}
          subject={subject}
          values={values}
          errors={errors}
          warnings={warnings}
          weightKg={checks?.weightKg}
          onChange={set}
          onRecommendations={() => setRefused(undefined)}
        />
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
            label={t("template")}
            hint={t("templateHint")}
            options={[
              { value: "", label: t("templateGeneral") },
              ...specialties.map(({ code, label }) => ({ value: code, label })),
            ]}
            value={asking}
            onChange={setAsking}
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
