import type { JSX } from "preact";
import type { Form } from "../form";
import { currentLanguage } from "../i18n/messages";
import { Choice, Field, type FieldProps, TextArea, TextInput } from "../ui";
import type { DateParts, EntryValues, Kind } from "./items";
import { t } from "./words";

/** A date as exactly as somebody knows it: a year by the number keys, a month if it is known. */
export function DateInput(props: FieldProps<DateParts>): JSX.Element {
  const { value, onChange } = props;
  return (
    <Field {...props} group>
      {() => (
        <div class="date-parts">
          <input
            class="input"
            inputMode="numeric"
            autocomplete="off"
            maxLength={4}
            aria-label={t("year")}
            aria-invalid={props.error ? "true" : undefined}
            placeholder={t("year")}
            value={value.year}
            onInput={(event) => onChange({ ...value, year: event.currentTarget.value })}
          />
          <select
            class="input"
            aria-label={t("month")}
            value={value.month}
            onChange={(event) => {
              const month = event.currentTarget.value;
              onChange({ ...value, month, day: month ? value.day : "" });
            }}
          >
            <option value="">{t("month")}</option>
            {MONTHS.map((month) => (
              <option key={month} value={month}>
                {monthName(month)}
              </option>
            ))}
          </select>
          <input
            class="input"
            inputMode="numeric"
            autocomplete="off"
            maxLength={2}
            aria-label={t("day")}
            placeholder={t("day")}
            disabled={!value.month}
            value={value.day}
            onInput={(event) => onChange({ ...value, day: event.currentTarget.value })}
          />
        </div>
      )}
    </Field>
  );
}

const MONTHS: readonly string[] = Array.from({ length: 12 }, (_, at) =>
  String(at + 1).padStart(2, "0"),
);

function monthName(month: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { timeZone: "UTC", month: "long" }).format(
    new Date(Date.UTC(2024, Number(month) - 1, 15)),
  );
}

const NAME: Record<Kind, { label: () => string; hint: () => string; since: () => string }> = {
  problem: { label: () => t("problem"), hint: () => t("problemHint"), since: () => t("onset") },
  medication: {
    label: () => t("medication"),
    hint: () => t("medicationHint"),
    since: () => t("onsetMedication"),
  },
  immunization: {
    label: () => t("immunization"),
    hint: () => t("immunizationHint"),
    since: () => t("onsetImmunization"),
  },
};

/** What can be said about an item of a kind. */
export function EntryFields<T extends EntryValues>(props: {
  form: Form<T>;
  kind: Kind;
  /** A new one; whether it is over is asked of it too. */
  autofocus?: boolean;
}): JSX.Element {
  const { kind } = props;
  const { form } = props as unknown as { form: Form<EntryValues> };
  const name = NAME[kind];
  return (
    <>
      <TextInput
        label={name.label()}
        hint={name.hint()}
        maxLength={300}
        {...(props.autofocus && { autofocus: true })}
        {...form.field("/text")}
      />
      {kind === "medication" && (
        <TextArea
          label={t("dose")}
          hint={t("doseHint")}
          optional
          rows={2}
          maxLength={500}
          {...form.field("/dose")}
        />
      )}
      <DateInput label={name.since()} hint={t("dateHint")} optional {...form.field("/onset")} />
      {kind === "immunization" && (
        <>
          <TextInput
            label={t("doseNumber")}
            optional
            inputMode="numeric"
            maxLength={2}
            {...form.field("/doseNumber")}
          />
          <TextInput label={t("lot")} optional maxLength={50} {...form.field("/lot")} />
        </>
      )}
      <Choice
        label={t("verification")}
        layout="list"
        options={[
          { value: "confirmed", label: t("confirmed"), hint: t("confirmedHint") },
          { value: "unconfirmed", label: t("unconfirmed") },
        ]}
        {...form.field("/verification")}
      />
      {kind !== "immunization" && (
        <Choice
          label={t("status")}
          options={[
            { value: "active", label: kind === "problem" ? t("active") : t("activeMedication") },
            { value: "ended", label: kind === "problem" ? t("ended") : t("endedMedication") },
          ]}
          {...form.field("/status")}
        />
      )}
      {kind !== "immunization" && form.values.status === "ended" && (
        <DateInput
          label={kind === "problem" ? t("endedOn") : t("endedOnMedication")}
          optional
          {...form.field("/ended")}
        />
      )}
    </>
  );
}
