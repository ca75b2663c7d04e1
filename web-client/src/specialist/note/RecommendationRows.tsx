import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { recommendationKindName, recommendationUrgencyName } from "../../consult/names";
import { valueOf } from "../../consult/reference";
import { errorAt } from "../../form";
import { Button, Field, FieldRow, IconButton, Select, TextArea, TextInput, toast } from "../../ui";
import { DoseHelper, useFormulary } from "./DoseHelper";
import { moved, newRow, type RecommendationRow, takesDrug, type Unit } from "./note";
import type { Warning } from "./useChecks";
import { t } from "./words";
import { Sentence } from "../../said/Sentence";

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
const UNITS: readonly Unit[] = [
  "mg",
  "g",
  "microgram",
  "IU",
  "mmol",
  "mL",
  "drop",
  "puff",
  "tablet",
];
const URGENCIES: readonly Recommendation["urgency"][] = ["now", "today", "this-week", "routine"];

/** The recommendations, each a block of its own; the buttons move and remove them by keyboard. */
export function RecommendationRows(props: {
  rows: readonly RecommendationRow[];
  language: string;
  /** What the template asks here. */
  prompt?: string | undefined;
  errors: readonly FieldError[];
  warnings: ReadonlyMap<number, readonly Warning[]>;
  /** As the case form has it. */
  weightKg: number | undefined;
  onChange: (rows: readonly RecommendationRow[]) => void;
}): JSX.Element {
  const { rows, onChange } = props;
  const formulary = valueOf(useFormulary());
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
      hint={props.prompt ?? (rows.length === 0 ? t("none") : t("recommendationsHint"))}
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
                  weightKg={props.weightKg}
                  formulary={formulary}
                  onChange={(part) => change(index, part)}
                />
                <Warnings
                  row={row}
                  warnings={props.warnings.get(index) ?? []}
                  error={(code) =>
                    errorAt(props.errors, `/recommendations/${index}/overrides/${code}`)
                  }
                  onChange={(overrides) => change(index, { overrides })}
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
  weightKg: number | undefined;
  formulary: Schema<"Formulary"> | undefined;
  onChange: (part: Partial<RecommendationRow>) => void;
}): JSX.Element {
  const { row, language } = props;
  const text = (name: Exclude<keyof RecommendationRow, "overrides" | "kind" | "urgency">) => ({
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
        <>
          <div class="note-drug">
            <TextInput label={t("drug")} optional maxLength={200} {...text("drug")} />
            <TextInput label={t("route")} optional maxLength={60} {...text("route")} />
          </div>
          <div class="note-drug">
            <TextInput
              label={t("amount")}
              optional
              inputMode="decimal"
              maxLength={12}
              {...text("amount")}
            />
            <Select
              label={t("unit")}
              value={row.unit}
              onChange={(unit) => props.onChange({ unit })}
              options={UNITS.map((unit) => ({ value: unit, label: unit }))}
            />
            <TextInput
              label={t("timesPerDay")}
              optional
              inputMode="numeric"
              maxLength={2}
              {...text("timesPerDay")}
            />
            <TextInput
              label={t("duration")}
              optional
              inputMode="numeric"
              maxLength={4}
              {...text("durationDays")}
            />
            <TextInput
              label={t("maxPerDay", { unit: row.unit })}
              optional
              inputMode="decimal"
              maxLength={12}
              {...text("maxPerDay")}
            />
          </div>
          <DoseHelper
            row={row}
            weightKg={props.weightKg}
            formulary={props.formulary}
            text={text}
            onChange={props.onChange}
          />
          <div class="note-drug">
            <TextInput label={t("frequency")} optional maxLength={100} {...text("frequency")} />
            {row.dose && (
              <TextInput label={t("doseInWords")} optional maxLength={100} {...text("dose")} />
            )}
          </div>
        </>
      )}
      {row.kind === "test" && (
        <TextInput
          label={t("test")}
          hint={t("testHint")}
          optional
          maxLength={200}
          {...text("test")}
        />
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

/** What speaks against it; a warning asks why it is right all the same. */
function Warnings(props: {
  row: RecommendationRow;
  warnings: readonly Warning[];
  error: (code: string) => string | undefined;
  onChange: (overrides: Readonly<Record<string, string>>) => void;
}): JSX.Element | null {
  const { row, warnings } = props;
  if (warnings.length === 0) return null;
  return (
    <ul class="advice-warnings">
      {warnings.map(({ code, severity, text }) => (
        <li key={code} class={`advice-${severity}`}>
          <p>
            <strong>{severityName(severity)}</strong> <Sentence text={text} />
          </p>
          {severity === "warning" && (
            <TextInput
              label={t("override")}
              hint={t("overrideHint")}
              maxLength={500}
              name={`overrides/${code}`}
              value={row.overrides[code] ?? ""}
              error={props.error(code)}
              onChange={(reason) => props.onChange({ ...row.overrides, [code]: reason })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function severityName(severity: Warning["severity"]): string {
  switch (severity) {
    case "info":
      return t("severityInfo");
    case "warning":
      return t("severityWarning");
    case "stop":
      return t("severityStop");
  }
}

function place(index: number): { number: number } {
  return { number: index + 1 };
}
