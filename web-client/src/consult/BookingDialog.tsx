import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import { clockTime, dayAndTime, millis, useNow } from "../time";
import {
  Button,
  Checkbox,
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
import { t as booking } from "./bookingWords";
import { languageName } from "./names";
import { otherZones, slotsByDay, timeIn } from "./slots";
import { t } from "./words";
import { Sentence } from "../said/Sentence";

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
  const [navigatorId, setNavigatorId] = useState("");
  const [deviceId, setDeviceId] = useState("");
  const [without, setWithout] = useState(false);
  const [held, setHeld] = useState<Appointment>();
  const now = useNow(1_000);
  const asked = {
    minutes: Number(minutes),
    ...(interpreterId && { interpreterId }),
    ...(navigatorId && { navigatorId }),
  };
  const wish = {
    ...asked,
    ...(deviceId && { deviceIds: [deviceId] }),
    ...(without && { withoutInterpreter: true }),
  };
  const choices = useResource(
    () => ok(api.GET("/consults/{consultId}/booking-choices", { params: { path: { consultId } } })),
    [consultId],
  );
  const need = choices.state.kind === "ready" ? choices.state.value : undefined;
  const slots = useResource(
    () =>
      ok(
        api.GET("/consults/{consultId}/slots", {
          params: {
            path: { consultId },
            query: { days: DAYS_AHEAD, ...asked, ...(deviceId && { deviceIds: deviceId }) },
          },
        }),
      ),
    [consultId, minutes, interpreterId, navigatorId, deviceId],
  );
  const hold = useAct(
    (key, at: string, what: typeof wish) =>
      ok(
        api.POST("/consults/{consultId}/holds", {
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
    setHeld,
  );
  const confirm = useAct(
    (key, holdId: string) =>
      ok(
        api.POST("/holds/{holdId}/confirmation", {
          params: { path: { holdId } },
          headers: once(key),
        }),
      ),
    (appointment) => {
      toast(t("bookedToast"));
      props.onBooked(appointment);
    },
  );
  const wait = useAct(
    (key) =>
      ok(
        api.POST("/consults/{consultId}/waiting", {
          params: { path: { consultId } },
          body: {
            from: new Date().toISOString(),
            until: new Date(Date.now() + DAYS_AHEAD * 86_400_000).toISOString(),
            ...wish,
          },
          headers: once(key),
        }),
      ),
    () => {
      toast(booking("waits"));
      props.onClose();
    },
  );
  const letGo = (then: () => void) => {
    setStart(undefined);
    setHeld(undefined);
    if (held) {
      // What is not let go here runs out by itself.
      api
        .DELETE("/holds/{holdId}", { params: { path: { holdId: held.id } } })
        .then(slots.reload, slots.reload);
    }
    then();
  };
  const left = held?.heldUntil === undefined ? 0 : millis(held.heldUntil) - now;
  const isHeld = held !== undefined && left > 0;
  const problem = hold.problem ?? confirm.problem ?? wait.problem;
  const taken = problem?.code === "slot-taken";
  return (
    <Dialog
      title={t("bookTitle")}
      onClose={() => letGo(props.onClose)}
      actions={
        <Button
          kind="primary"
          icon="calendar"
          busy={hold.busy || confirm.busy}
          disabled={!isHeld}
          onPress={() => held && confirm.run(held.id)}
        >
          {held && isHeld ? t("bookThis", { time: dayAndTime(held.start) }) : t("chooseTime")}
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
          onChange={(value) => letGo(() => setMinutes(value))}
        />
        {need && need.interpreters.length > 0 && (
          <Select
            label={t("interpreter")}
            empty={t("noInterpreter")}
            optional
            options={need.interpreters.map((one) => ({
              value: one.id,
              label: `${one.name} (${one.languages.map(({ language }) => language).join(comma())})`,
            }))}
            value={interpreterId}
            onChange={(value) => letGo(() => setInterpreterId(value))}
          />
        )}
      </FieldRow>
      <FieldRow>
        {need && need.navigators.length > 0 && (
          <Select
            label={booking("navigator")}
            empty={booking("noNavigator")}
            optional
            options={need.navigators.map(({ id, name }) => ({ value: id, label: name }))}
            value={navigatorId}
            onChange={(value) => letGo(() => setNavigatorId(value))}
          />
        )}
        {need && need.devices.length > 0 && (
          <Select
            label={booking("device")}
            empty={booking("noDevice")}
            optional
            options={need.devices.map(({ id, name }) => ({ value: id, label: name }))}
            value={deviceId}
            onChange={(value) => letGo(() => setDeviceId(value))}
          />
        )}
      </FieldRow>
      {taken && <Notice tone="warning">{t("slotTaken")}</Notice>}
      {problem && !taken && <ProblemNotice problem={problem} />}
      {need && need.languageNeed !== "shared" && (
        <Notice tone={need.languageNeed === "needed" ? "warning" : "info"}>
          <Sentence text={need.sentence} /> ({languageName(need.language ?? "")})
        </Notice>
      )}
      {need?.languageNeed === "needed" && !interpreterId && (
        <Checkbox
          label={booking("without")}
          value={without}
          onChange={(value) => letGo(() => setWithout(value))}
        />
      )}
      {hold.busy && <p class="muted">{booking("holding")}</p>}
      {held && (
        <Notice tone={isHeld ? "info" : "warning"}>
          {isHeld
            ? booking("heldFor", { time: dayAndTime(held.start), left: countdown(left) })
            : booking("heldOver")}
        </Notice>
      )}
      <Load from={slots} rows={2}>
        {({ items, people }) =>
          items.length === 0 ? (
            <EmptyState icon="calendar" title={t("noSlots")}>
              {t("noSlotsLead")} {booking("waitLead")}
              <Button small busy={wait.busy} onPress={() => wait.run()}>
                {booking("wait")}
              </Button>
            </EmptyState>
          ) : (
            <SlotChoice
              slots={items}
              people={people}
              chosen={start}
              onChoose={(at) => {
                setStart(at);
                hold.run(at, wish);
              }}
            />
          )
        }
      </Load>
    </Dialog>
  );
}

/** `9:58`, counting down. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Free times of one day at a time, on the reader's clock and on everybody else's. */
export function SlotChoice(props: {
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
