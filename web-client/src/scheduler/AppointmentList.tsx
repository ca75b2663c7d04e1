import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { partName, UrgencyBadge } from "../consult";
import { AppointmentActs } from "../consult/AppointmentActs";
import { stateOf } from "../consult/appointmentState";
import { useResource } from "../resource";
import { clockTime, day, dayKey, ownZone, timeLeft, useNow, zoneLabel } from "../time";
import { Badge, Card, EmptyState, LinkButton, Load, Row, Stack } from "../ui";
import { noonOf } from "../specialist/roster/days";
import { byDay, mayEnter } from "./appointments";
import { t } from "./appointmentWords";
import "./scheduler.css";

type Appointment = Schema<"Appointment">;

/** Coming calls by day, each on the clocks of everybody in it, with the way in when it is time. */
export function AppointmentList(props: {
  consultHref: (consultId: string) => string;
  /** Whether the reader may move a call and say how it ended. */
  mayDecide?: boolean;
}): JSX.Element {
  const appointments = useResource(() => ok(api.GET("/appointments")), [], {
    live: ["consult", "appointments"],
  });
  const now = useNow();
  const zone = ownZone();
  return (
    <Load from={appointments} rows={4}>
      {({ items }) => {
        const days = byDay(items, zone, now);
        if (days.length === 0) {
          return (
            <EmptyState icon="video" title={t("empty")}>
              {t("emptyLead")}
            </EmptyState>
          );
        }
        return (
          <Stack gap="large">
            <p class="muted small">{t("zone", { zone: zoneLabel(zone, now) })}</p>
            {days.map((one) => (
              <section class="stack" key={one.day} aria-label={one.day}>
                <h2>
                  {one.day === dayKey(now, zone) ? t("today") : day(noonOf(one.day), "UTC", now)}
                </h2>
                {one.items.map((appointment) => (
                  <AppointmentCard
                    key={appointment.id}
                    appointment={appointment}
                    href={props.consultHref(appointment.consultId)}
                    now={now}
                    mayDecide={props.mayDecide ?? false}
                    onChanged={appointments.reload}
                  />
                ))}
              </section>
            ))}
          </Stack>
        );
      }}
    </Load>
  );
}

function AppointmentCard(props: {
  appointment: Appointment;
  href: string;
  now: number;
  mayDecide: boolean;
  onChanged: () => void;
}): JSX.Element {
  const { appointment, now } = props;
  const state = stateOf(appointment);
  const { start, end, participants, urgency } = appointment;
  const open = mayEnter(appointment, now);
  const left = timeLeft(start, now);
  return (
    <Card tone={open ? "green" : "plain"}>
      <div class="appointment">
        <div class="appointment-time">
          <time dateTime={start}>
            {clockTime(start)}–{clockTime(end)}
          </time>
          <span class="muted small">{left.over ? t("now") : left.text}</span>
        </div>
        <div class="appointment-words">
          <a href={props.href}>
            <bdi>{appointment.question ?? t("consult")}</bdi>
          </a>
          <div>
            <Badge tone={state.tone}>{state.text}</Badge>
          </div>
          {urgency && (
            <div>
              <UrgencyBadge urgency={urgency} />
            </div>
          )}
          <ul class="appointment-people">
            {participants.map((one) => (
              <li key={one.id}>
                <bdi>{one.name}</bdi>{" "}
                <span class="muted small">
                  {partName(one.role)} · {clockTime(start, one.zone)} {zoneLabel(one.zone, start)}
                </span>
              </li>
            ))}
          </ul>
        </div>
        <AppointmentActs
          appointment={appointment}
          mayDecide={props.mayDecide}
          onChanged={props.onChanged}
        />
        <Row>
          {open && (
            <LinkButton small kind="primary" icon="video" href={`/call/${appointment.consultId}`}>
              {t("join")}
            </LinkButton>
          )}
          <LinkButton small href={props.href}>
            {t("open")}
          </LinkButton>
        </Row>
      </div>
    </Card>
  );
}
