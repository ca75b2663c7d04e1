import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { recommendationKindName, recommendationUrgencyName } from "../../consult/names";
import { errorAt } from "../../form";
import { Button, Field, FieldRow, IconButton, Select, TextArea, TextInput, toast } from "../../ui";
import { moved, newRow, type RecommendationRow, takesDrug } from "./note";
import { t } from "./words";

type Recommendation = Schema<"RecommendationContent">;

const KINDS: readonly Recommendation["kind"][] = [
  "treatment",
  "test",
  "diagnosis",
  "procedure",
  "transfer",
  "watch-for",
  "teaching",
  "no-change",
];
const URGENCIES: readonly Recommendation["urgency"][] = ["now", "today", "this-week", "routine"];

/** The recommendations, each a block of its own; the buttons move and remove them by keyboard. */
export function RecommendationRows(props: {
  rows: readonly RecommendationRow[];
  language: string;
  errors: readonly FieldError[];
  onChange: (rows: readonly RecommendationRow[]) => void;
}): JSX.Element {
  const { rows, onChange } = props;
  const list = useRef<HTMLOListElement>(null);
  const change = (index: number, part: Partial<RecommendationRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const move = (index: number, by: -1 | 1) => {
    onChange(moved(rows, index, by));
    toast(t("movedTo", { number: index + by + 1 }));
  };
  const focusRow = (index: number) =>
    requestAnimationFrame(() =>
      list.current?.children[index]?.querySelector<HTMLElement>("select, textarea")?.focus(),
    );
  return (
    <Field
      label={t("recommendations")}
      hint={rows.length === 0 ? t("none") : t("recommendationsHint")}
      error={props.errors.find(({ pointer }) => pointer === "/recommendations")?.detail}
      group
    >
      {() => (
        <div class="stack">
          <ol class="note-rows" ref={list}>
            {rows.map((row, index) => (
              <li key={row.key} class="note-row" aria-label={t("recommendation", place(index))}>
                <div class="note-row-head">
                  <strong>{index + 1}</strong>
                  <span class="note-row-tools">
                    <IconButton
                      icon="down"
                      label={t("down", place(index))}
                      disabled={index === rows.length - 1}
                      onPress={() => move(index, 1)}
                    />
                    <span class="turned">
                      <IconButton
                        icon="down"
                        label={t("up", place(index))}
                        disabled={index === 0}
                        onPress={() => move(index, -1)}
                      />
                    </span>
                    <IconButton
                      icon="close"
                      label={t("remove", place(index))}
                      onPress={() => {
                        onChange(rows.filter(({ key }) => key !== row.key));
                        if (row.text) toast(t("removed", { what: row.text }));
                        focusRow(Math.max(index - 1, 0));
                      }}
                    />
                  </span>
                </div>
                <Row
                  row={row}
                  language={props.language}
                  error={(name) => errorAt(props.errors, `/recommendations/${index}/${name}`)}
                  onChange={(part) => change(index, part)}
                />
              </li>
            ))}
          </ol>
          <div>
            <Button
              icon="plus"
              onPress={() => {
                onChange([...rows, newRow()]);
                focusRow(rows.length);
              }}
            >
              {t("add")}
            </Button>
          </div>
        </div>
      )}
    </Field>
  );
}

function Row(props: {
  row: RecommendationRow;
  language: string;
  error: (name: keyof RecommendationRow) => string | undefined;
  onChange: (part: Partial<RecommendationRow>) => void;
}): JSX.Element {
  const { row, language } = props;
  const text = (name: keyof RecommendationRow & string) => ({
    name,
    value: row[name],
    error: props.error(name),
    onChange: (value: string) => props.onChange({ [name]: value }),
  });
  return (
    <>
      <FieldRow>
        <Select
          label={t("kind")}
          value={row.kind}
          onChange={(kind) => props.onChange({ kind })}
          options={KINDS.map((kind) => ({ value: kind, label: recommendationKindName(kind) }))}
        />
        <Select
          label={t("urgency")}
          value={row.urgency}
          onChange={(urgency) => props.onChange({ urgency })}
          options={URGENCIES.map((urgency) => ({
            value: urgency,
            label: recommendationUrgencyName(urgency),
          }))}
        />
      </FieldRow>
      <TextArea label={t("text")} rows={2} maxLength={2000} lang={language} {...text("text")} />
      {takesDrug(row.kind) && (
        <div class="note-drug">
          <TextInput label={t("drug")} optional maxLength={200} {...text("drug")} />
          <TextInput
            label={t("dose")}
            optional
            maxLength={100}
            placeholder="250 mg"
            {...text("dose")}
          />
          <TextInput label={t("route")} optional maxLength={60} {...text("route")} />
          <TextInput label={t("frequency")} optional maxLength={100} {...text("frequency")} />
          <TextInput
            label={t("duration")}
            optional
            inputMode="numeric"
            maxLength={4}
            {...text("durationDays")}
          />
        </div>
      )}
      <TextInput
        label={t("alternative")}
        optional
        maxLength={1000}
        lang={language}
        {...text("alternative")}
      />
    </>
  );
}

function place(index: number): { number: number } {
  return { number: index + 1 };
}
