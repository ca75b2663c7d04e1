import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useResource } from "../resource";
import { clockTime, dayAndTime } from "../time";
import {
  Button,
  Dialog,
  EmptyState,
  FieldRow,
  Icon,
  Load,
  Notice,
  ProblemNotice,
  Select,
  toast,
} from "../ui";
import { otherZones, slotsByDay, timeIn } from "./slots";
import { t } from "./words";

type Appointment = Schema<"Appointment">;
type Slot = Schema<"Slot">;

const LENGTHS = ["15", "20", "30", "45", "60"] as const;
const DAYS_AHEAD = 14;

/** Finds a time that is free for everybody and books it for all of them at once. */
export function BookingDialog(props: {
  consultId: string;
  onBooked: (appointment: Appointment) => void;
  onClose: () => void;
}): JSX.Element {
  const { consultId } = props;
  const [minutes, setMinutes] = useState<(typeof LENGTHS)[number]>("30");
  const [interpreterId, setInterpreterId] = useState("");
  const [start, setStart] = useState<string>();
  const asked = { minutes: Number(minutes), ...(interpreterId && { interpreterId }) };
  const slots = useResource(
    () =>
      ok(
        api.GET("/consults/{consultId}/slots", {
          params: { path: { consultId }, query: { days: DAYS_AHEAD, ...asked } },
        }),
      ),
    [consultId, minutes, interpreterId],
  );
  const book = useAct(
    (key, at: string, what: typeof asked) =>
      ok(
        api.POST("/consults/{consultId}/appointments", {
          params: { path: { consultId } },
          body: { start: at, ...what },
          headers: once(key),
        }),
      ).catch((error: unknown) => {
        // The dialog stays; the times that are still free take the place of the old ones.
        setStart(undefined);
        slots.reload();
        throw error;
      }),
    (appointment) => {
      toast(t("bookedToast"));
      props.onBooked(appointment);
    },
  );
  const taken = book.problem?.code === "slot-taken";
  return (
    <Dialog
      title={t("bookTitle")}
      onClose={props.onClose}
      actions={
        <Button
          kind="primary"
          icon="calendar"
          busy={book.busy}
          disabled={start === undefined}
          onPress={() => start && book.run(start, asked)}
        >
          {start ? t("bookThis", { time: dayAndTime(start) }) : t("chooseTime")}
        </Button>
      }
    >
      <FieldRow>
        <Select
          label={t("minutes")}
          options={LENGTHS.map((value) => ({
            value,
            label: t("minutesCount", { count: Number(value) }),
          }))}
          value={minutes}
          onChange={(value) => {
            setStart(undefined);
            setMinutes(value);
          }}
        />
        <InterpreterChoice
          value={interpreterId}
          onChange={(value) => {
            setStart(undefined);
            setInterpreterId(value);
          }}
        />
      </FieldRow>
      {taken && <Notice tone="warning">{t("slotTaken")}</Notice>}
      {book.problem && !taken && <ProblemNotice problem={book.problem} />}
      <Load from={slots} rows={2}>
        {({ items, people }) =>
          items.length === 0 ? (
            <EmptyState icon="calendar" title={t("noSlots")}>
              {t("noSlotsLead")}
            </EmptyState>
          ) : (
            <SlotChoice slots={items} people={people} chosen={start} onChoose={setStart} />
          )
        }
      </Load>
    </Dialog>
  );
}

function InterpreterChoice(props: {
  value: string;
  onChange: (value: string) => void;
}): JSX.Element | null {
  const interpreters = useResource(
    () => ok(api.GET("/volunteers", { params: { query: { kind: "interpreter" } } })),
    [],
  );
  if (interpreters.state.kind !== "ready" || interpreters.state.value.items.length === 0) {
    return null;
  }
  return (
    <Select
      label={t("interpreter")}
      empty={t("noInterpreter")}
      optional
      options={interpreters.state.value.items.map((one) => ({
        value: one.id,
        label: `${one.name} (${one.languages.map(({ code }) => code).join(", ")})`,
      }))}
      {...props}
    />
  );
}

function SlotChoice(props: {
  slots: readonly Slot[];
  people: readonly Schema<"Participant">[];
  chosen: string | undefined;
  onChoose: (start: string) => void;
}): JSX.Element {
  const days = slotsByDay(props.slots);
  const [dayChosen, setDayChosen] = useState<string>();
  const shown = days.find(({ key }) => key === dayChosen) ?? days[0];
  if (!shown) return <></>;
  return (
    <>
      <Select
        label={t("day")}
        options={days.map(({ key, label, slots }) => ({
          value: key,
          label: t("dayFree", { day: label, count: slots.length }),
        }))}
        value={shown.key}
        onChange={setDayChosen}
      />
      <fieldset class="field">
        <legend class="field-label">{t("time")}</legend>
        <div class="slots">
          {shown.slots.map(({ start }) => (
            <button
              key={start}
              type="button"
              class="slot"
              aria-pressed={props.chosen === start}
              onClick={() => props.onChoose(start)}
            >
              <strong>{clockTime(start)}</strong>
              {otherZones(props.people, start).map((zone) => (
                <span key={zone}>{timeIn(start, zone)}</span>
              ))}
              {props.chosen === start && <Icon name="check" />}
            </button>
          ))}
        </div>
      </fieldset>
    </>
  );
}
