import type { JSX } from "preact";
import type { Form } from "../../form";
import { comma } from "../../i18n/comma";
import { zoneLabel } from "../../time";
import {
  Button,
  Checkbox,
  DateTimeInput,
  Disclosure,
  Field,
  FieldRow,
  IconButton,
  Select,
  TextInput,
} from "../../ui";
import {
  type ExceptionKind,
  type ExceptionRow,
  hasClock,
  newException,
  newWeekly,
  type RosterForm,
  WEEKDAYS,
  type Weekday,
  type WeeklyRow,
} from "./hours";
import { t } from "./words";

const KINDS: readonly ExceptionKind[] = ["away", "closed", "replace", "extra", "busy"];
const REPEATS = ["1", "2", "3", "4"] as const;

/** The weekly hours: one block for each set of days with the same times. */
export function WeeklyRows({ form }: { form: Form<RosterForm> }): JSX.Element {
  const { weekly } = form.values.hours;
  const set = (rows: readonly WeeklyRow[]) =>
    form.change((values) => ({ ...values, hours: { ...values.hours, weekly: rows } }));
  return (
    <>
      {weekly.length === 0 && <p class="muted">{t("weeklyEmpty")}</p>}
      <div>
        {weekly.map((row, index) => (
          <div class="hours-row" key={row.key}>
            <Days {...form.field(`/hours/weekly/${index}/days`)} />
            <FieldRow>
              <TextInput
                label={t("from")}
                type="time"
                {...form.field(`/hours/weekly/${index}/start`)}
              />
              <TextInput
                label={t("until")}
                type="time"
                {...(row.start && row.end && row.end <= row.start ? { hint: t("untilHint") } : {})}
                {...form.field(`/hours/weekly/${index}/end`)}
              />
              <Select
                label={t("repeat")}
                options={REPEATS.map((weeks) => ({
                  value: weeks as string,
                  label: weeks === "1" ? t("everyWeek") : t("everyOther", { weeks }),
                }))}
                {...form.field(`/hours/weekly/${index}/everyWeeks`)}
              />
              {row.everyWeeks !== "1" && (
                <TextInput
                  label={t("anchor")}
                  type="date"
                  {...form.field(`/hours/weekly/${index}/anchor`)}
                />
              )}
            </FieldRow>
            <div class="hours-row-end">
              <Disclosure summary={t("limits")} open={row.validFrom !== "" || row.validTo !== ""}>
                <FieldRow>
                  <TextInput
                    label={t("validFrom")}
                    type="date"
                    optional
                    {...form.field(`/hours/weekly/${index}/validFrom`)}
                  />
                  <TextInput
                    label={t("validTo")}
                    type="date"
                    optional
                    {...form.field(`/hours/weekly/${index}/validTo`)}
                  />
                </FieldRow>
              </Disclosure>
              <IconButton
                icon="close"
                label={t("removeWeekly", { hours: weeklyName(row) })}
                onPress={() => set(weekly.filter(({ key }) => key !== row.key))}
              />
            </div>
          </div>
        ))}
      </div>
      <div>
        <Button icon="plus" onPress={() => set([...weekly, newWeekly()])}>
          {t("addWeekly")}
        </Button>
      </div>
    </>
  );
}

/** Leave, single days that differ, and moments that are taken. */
export function ExceptionRows({ form }: { form: Form<RosterForm> }): JSX.Element {
  const { exceptions, zone } = form.values.hours;
  const set = (rows: readonly ExceptionRow[]) =>
    form.change((values) => ({ ...values, hours: { ...values.hours, exceptions: rows } }));
  return (
    <>
      {exceptions.length === 0 && <p class="muted">{t("exceptionsEmpty")}</p>}
      <div>
        {exceptions.map((row, index) => (
          <div class="hours-row" key={row.key}>
            <FieldRow>
              <Select
                label={t("kind")}
                options={KINDS.map((kind) => ({ value: kind, label: t(kind) }))}
                {...form.field(`/hours/exceptions/${index}/kind`)}
              />
              {row.kind === "busy" ? (
                <>
                  <DateTimeInput
                    label={t("from")}
                    zone={zone}
                    {...form.field(`/hours/exceptions/${index}/from`)}
                  />
                  <DateTimeInput
                    label={t("until")}
                    zone={zone}
                    {...form.field(`/hours/exceptions/${index}/to`)}
                  />
                </>
              ) : (
                <TextInput
                  label={row.kind === "away" ? t("firstDate") : t("date")}
                  type="date"
                  {...form.field(`/hours/exceptions/${index}/date`)}
                />
              )}
              {row.kind === "away" && (
                <TextInput
                  label={t("lastDate")}
                  type="date"
                  {...form.field(`/hours/exceptions/${index}/lastDate`)}
                />
              )}
              {hasClock(row.kind) && (
                <>
                  <TextInput
                    label={t("from")}
                    type="time"
                    {...form.field(`/hours/exceptions/${index}/start`)}
                  />
                  <TextInput
                    label={t("until")}
                    type="time"
                    {...form.field(`/hours/exceptions/${index}/end`)}
                  />
                </>
              )}
            </FieldRow>
            <div class="hours-row-end">
              <TextInput
                label={t("note")}
                optional
                maxLength={200}
                {...form.field(`/hours/exceptions/${index}/note`)}
              />
              <IconButton
                icon="close"
                label={t("removeException", { what: `${t(row.kind)} ${row.date}`.trim() })}
                onPress={() => set(exceptions.filter(({ key }) => key !== row.key))}
              />
            </div>
          </div>
        ))}
      </div>
      <div class="row">
        <Button icon="plus" onPress={() => set([...exceptions, newException("away")])}>
          {t("addLeave")}
        </Button>
        <Button
          kind="quiet"
          icon="plus"
          onPress={() => set([...exceptions, newException("extra")])}
        >
          {t("addException")}
        </Button>
      </div>
    </>
  );
}

function Days(props: {
  value: readonly Weekday[];
  onChange: (days: readonly Weekday[]) => void;
  error: string | undefined;
}): JSX.Element {
  const { value, onChange, error } = props;
  return (
    <Field label={t("days")} error={error} group>
      {() => (
        <div class="day-choices">
          {WEEKDAYS.map((day) => (
            <label class="choice" key={day}>
              <input
                type="checkbox"
                checked={value.includes(day)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked
                      ? WEEKDAYS.filter((one) => one === day || value.includes(one))
                      : value.filter((one) => one !== day),
                  )
                }
              />
              <span class="choice-label">{t(day)}</span>
            </label>
          ))}
        </div>
      )}
    </Field>
  );
}

/** How many consults, and whether the phone may ring at night. */
export function LoadFields({ form }: { form: Form<RosterForm> }): JSX.Element {
  return (
    <>
      <TextInput label={t("cap")} inputMode="numeric" maxLength={3} {...form.field("/weeklyCap")} />
      <Checkbox label={t("red")} hint={t("redHint")} {...form.field("/redCalls")} />
    </>
  );
}

/** The zone in which all the hours are read. */
export function ZoneField({ form }: { form: Form<RosterForm> }): JSX.Element {
  const { zone } = form.values.hours;
  const all = zoneNames();
  const names = all.includes(zone) ? all : [zone, ...all];
  return (
    <Select
      label={t("zone")}
      hint={`${zoneLabel(zone, Date.now())}. ${t("zoneHint")}`}
      options={names.map((name) => ({ value: name, label: name.replaceAll("_", " ") }))}
      {...form.field("/hours/zone")}
    />
  );
}

function weeklyName(row: WeeklyRow): string {
  const days = row.days.map((day) => t(day)).join(comma());
  return t("rowName", { days, start: row.start, end: row.end });
}

/** Where browsers list no zones (before 2022), the most used of the places we serve. */
const SOME_ZONES = [
  "UTC",
  "Africa/Addis_Ababa",
  "Africa/Cairo",
  "Africa/Johannesburg",
  "Africa/Lagos",
  "Africa/Nairobi",
  "America/Chicago",
  "America/Los_Angeles",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Dhaka",
  "Asia/Kolkata",
  "Asia/Manila",
  "Asia/Tokyo",
  "Australia/Sydney",
  "Europe/Berlin",
  "Europe/London",
  "Europe/Paris",
];

function zoneNames(): readonly string[] {
  const intl = Intl as typeof Intl & { supportedValuesOf?: (key: "timeZone") => string[] };
  return intl.supportedValuesOf?.("timeZone") ?? SOME_ZONES;
}
