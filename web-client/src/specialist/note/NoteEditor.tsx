import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { languageName } from "../../consult/names";
import { NoteBody, RecommendationBody } from "../../consult/SignedNotes";
import { errorAt } from "../../form";
import { dayAndTime } from "../../time";
import {
  Actions,
  Button,
  Card,
  Choice,
  Disclosure,
  FieldRow,
  Notice,
  Select,
  Stack,
  TextArea,
  TextInput,
  toast,
} from "../../ui";
import type { Saving } from "./draft";
import { checkNote, fieldIn, type NoteValues } from "./note";
import { RecommendationRows } from "./RecommendationRows";
import { SignDialog } from "./SignDialog";
import { useNoteDraft } from "./useNoteDraft";
import { t } from "./words";
import "./note.css";

/** Where the specialist writes the answer: saved as it is typed, signed when it is whole. */
export function NoteEditor(props: {
  consultId: string;
  draft: Schema<"NoteDraft"> | undefined;
  /** The clinic's language, until the specialist chooses another. */
  language: string;
  /** Languages to choose from. */
  languages: readonly string[];
  /** True when a signed note stands already. */
  later: boolean;
  onSigned: () => void;
}): JSX.Element {
  const note = useNoteDraft(props.consultId, props.draft, props.language);
  const { values, saving } = note.state;
  const [asked, setAsked] = useState(false);
  const [preview, setPreview] = useState<Schema<"NoteDraft">>();
  const root = useRef<HTMLDivElement>(null);
  const focusError = useRef(false);
  const errors = [...(asked ? missing(values) : []), ...refusals(values, saving)];
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
    if (missing(values).length > 0) {
      focusError.current = true;
      return;
    }
    setPreview(await note.saveNow());
  };
  const languages = [...new Set([values.language, props.language, ...props.languages])];
  return (
    <Card
      title={props.later ? t("supplement") : t("title")}
      actions={<SavingLine saving={saving} />}
      tone="raised"
    >
      <div class="stack note-editor" ref={root}>
        {saving.kind === "conflict" && (
          <Conflict
            theirs={saving.theirs}
            onKeepMine={note.keepMine}
            onTakeTheirs={note.takeTheirs}
          />
        )}
        <TextArea
          label={t("answer")}
          hint={t("answerHint")}
          rows={2}
          maxLength={1000}
          lang={values.language}
          {...field("answer")}
        />
        <TextArea
          label={t("impression")}
          optional
          maxLength={8000}
          lang={values.language}
          {...field("impression")}
        />
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
        <RecommendationRows
          rows={values.recommendations}
          language={values.language}
          errors={errors}
          onChange={(recommendations) => set({ recommendations })}
        />
        <Disclosure summary={t("more")} open={hasMore(values)}>
          <Stack>
            <TextArea label={t("avoid")} optional maxLength={4000} {...field("avoid")} />
            <TextArea label={t("watchFor")} optional maxLength={4000} {...field("watchFor")} />
            <TextArea label={t("limits")} optional maxLength={2000} {...field("limits")} />
            <TextArea
              label={t("learningPoint")}
              optional
              maxLength={2000}
              {...field("learningPoint")}
            />
          </Stack>
        </Disclosure>
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
        <Actions>
          <Button
            kind="primary"
            icon="check"
            busy={asked && saving.kind === "sending"}
            disabled={saving.kind === "conflict"}
            onPress={() => void sign()}
          >
            {t("preview")}
          </Button>
        </Actions>
      </div>
      {preview && (
        <SignDialog
          consultId={props.consultId}
          draft={preview}
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
    case "conflict":
      return t("conflict");
  }
}

function Conflict(props: {
  theirs: Schema<"NoteDraft">;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}): JSX.Element {
  const { content, savedAt } = props.theirs;
  return (
    <Notice tone="warning" title={t("conflict")}>
      <Stack>
        <p>{t("conflictLead", { time: dayAndTime(savedAt) })}</p>
        <div class="note-preview">
          <NoteBody content={content} />
          {content.recommendations?.map((recommendation, index) => (
            <RecommendationBody key={index} content={recommendation} lang={content.language} />
          ))}
        </div>
        <Actions>
          <Button onPress={props.onTakeTheirs}>{t("takeTheirs")}</Button>
          <Button kind="primary" onPress={props.onKeepMine}>
            {t("keepMine")}
          </Button>
        </Actions>
      </Stack>
    </Notice>
  );
}

function missing(values: NoteValues): FieldError[] {
  return checkNote(values, {
    answer: t("askAnswer"),
    text: t("askText"),
    days: t("askDays"),
    something: t("askSomething"),
  });
}

function refusals(values: NoteValues, saving: Saving): FieldError[] {
  if (saving.kind !== "failed") return [];
  return saving.problem.errors.map(({ pointer, detail }) => ({
    pointer: fieldIn(values, pointer),
    detail,
  }));
}

function hasMore({ avoid, watchFor, limits, learningPoint }: NoteValues): boolean {
  return [avoid, watchFor, limits, learningPoint].some((text) => text !== "");
}
