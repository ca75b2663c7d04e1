import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { dayAndTime, millis, useNow } from "../time";
import {
  Badge,
  Button,
  Card,
  Dialog,
  FormFrame,
  Notice,
  Stack,
  TextArea,
  toast,
  When,
} from "../ui";
import { AppointmentActs } from "./AppointmentActs";
import { isComing, stateOf, wantsWord } from "./appointmentState";
import { BookingDialog } from "./BookingDialog";
import { t as booking } from "./bookingWords";
import { partName } from "./names";
import { isOpen } from "./parts";
import { otherZones, timeIn } from "./slots";
import { t } from "./words";
import "./consult.css";
import { Sentence } from "../said/Sentence";

type Appointment = Schema<"Appointment">;
type Consult = Schema<"Consult">;

/** Booked calls of a consult: when, for whom in whose time; booking and cancelling. */
export function AppointmentPanel(props: {
  consult: Consult;
  /** Only shows what is booked: for those who watch. */
  readOnly?: boolean;
  /** The consult has changed on the server: load it again. */
  onChanged: () => void;
}): JSX.Element | null {
  const { summary, appointments } = props.consult;
  const now = useNow();
  const [booking, setBooking] = useState(false);
  const [cancelling, setCancelling] = useState<Appointment>();
  const coming = comingAppointments(appointments, now);
  const past = appointments.filter((one) => !coming.includes(one));
  if (appointments.length === 0 && !isOpen(summary)) return null;
  return (
    <Card title={t("appointment")}>
      {coming.length === 0 && isOpen(summary) && (
        <p class="muted">{mayBook(summary) ? t("noAppointment") : t("notYetBookable")}</p>
      )}
      {coming.map((appointment) => (
        <Booked
          key={appointment.id}
          appointment={appointment}
          onCancel={props.readOnly ? undefined : () => setCancelling(appointment)}
          onChanged={props.onChanged}
        />
      ))}
      {mayBook(summary) && !props.readOnly && (
        <div>
          <Button small icon="calendar" onPress={() => setBooking(true)}>
            {coming.length === 0 ? t("book") : t("bookAnother")}
          </Button>
        </div>
      )}
      {past.length > 0 && (
        <ul class="muted small">
          {past.map((one) => (
            <li key={one.id}>
              {dayAndTime(one.start)} ·{" "}
              {one.status === "cancelled"
                ? t("cancelledBecause", { reason: one.cancelReason ?? "" })
                : stateOf(one).text}
              {one.absent?.length ? ` (${one.absent.map(partName).join(comma())})` : ""}
              {one.endedBy && (
                <>
                  {" · "}
                  <bdi>{one.endedBy.name}</bdi>
                </>
              )}
              {one === past.at(-1) && one.status === "no-show" && (
                <ul>
                  {one.nextSteps?.map((step) => (
                    <li key={step}>
                      <Sentence text={step} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
      {booking && (
        <BookingDialog
          consultId={summary.id}
          onClose={() => setBooking(false)}
          onBooked={() => {
            setBooking(false);
            props.onChanged();
          }}
        />
      )}
      {cancelling && (
        <CancelDialog
          appointment={cancelling}
          onClose={() => setCancelling(undefined)}
          onCancelled={() => {
            setCancelling(undefined);
            props.onChanged();
          }}
        />
      )}
    </Card>
  );
}

function Booked(props: {
  appointment: Appointment;
  onCancel: (() => void) | undefined;
  onChanged: () => void;
}): JSX.Element {
  const { start, end, participants, missed, nextSteps } = props.appointment;
  const state = stateOf(props.appointment);
  return (
    <Stack gap="small">
      <p>
        <Badge tone={state.tone}>
          <When at={start} />
        </Badge>{" "}
        <strong>{state.text}</strong>{" "}
        <span class="muted">
          {t("minutesCount", { count: Math.round((millis(end) - millis(start)) / 60_000) })}
        </span>
      </p>
      <ul class="team">
        {participants.map((one) => (
          <li key={one.id}>
            <bdi>{one.name}</bdi>
            <span class="muted small">
              {[
                partName(one.role),
                otherZones([one], start).length > 0 ? timeIn(start, one.zone) : "",
                one.arrivedAt ? booking("isHere") : one.confirmedAt ? booking("willCome") : "",
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {missed && missed.length > 0 && (
        <Notice tone="warning">
          {booking("missing", { who: missed.map(partName).join(comma()) })}
          <ul>
            {nextSteps?.map((step) => (
              <li key={step}>
                <Sentence text={step} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {props.onCancel && (
        <AppointmentActs appointment={props.appointment} mayDecide onChanged={props.onChanged} />
      )}
      {props.onCancel && (
        <div>
          <Button small kind="quiet" onPress={props.onCancel}>
            {t("cancelAppointment")}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function CancelDialog(props: {
  appointment: Appointment;
  onClose: () => void;
  onCancelled: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { reason: "" },
    draft: `cancellation ${props.appointment.id}`,
    validate: ({ reason }) =>
      reason.trim() === "" ? [{ pointer: "/reason", detail: t("cancelReasonNeeded") }] : [],
    send: ({ reason }, key) =>
      ok(
        api.POST("/appointments/{appointmentId}/cancellation", {
          params: { path: { appointmentId: props.appointment.id } },
          body: { reason: reason.trim() },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("cancelled"));
      props.onCancelled();
    },
  });
  return (
    <Dialog title={t("cancelTitle")} onClose={props.onClose}>
      <p>
        <When at={props.appointment.start} />
      </p>
      <FormFrame
        form={form}
        submit={t("cancelAppointment")}
        danger
        others={<Button onPress={props.onClose}>{t("keepAppointment")}</Button>}
      >
        <TextArea
          label={t("cancelReason")}
          hint={t("cancelReasonHint")}
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
      </FormFrame>
    </Dialog>
  );
}

/** Booked and not over yet, the next one first. */
export function comingAppointments(
  appointments: readonly Appointment[],
  now: number,
): Appointment[] {
  return appointments
    .filter((one) => isComing(one) && (millis(one.end) > now || wantsWord(one, now)))
    .sort((a, b) => a.start.localeCompare(b.start));
}

/** A call needs a specialist who has accepted, and a consult that still runs. */
export function mayBook({ status }: Pick<Schema<"ConsultSummary">, "status">): boolean {
  return ["accepted", "in-discussion", "booked", "advised"].includes(status);
}
