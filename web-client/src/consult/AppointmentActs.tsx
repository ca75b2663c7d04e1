import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { dayAndTime, millis, useNow } from "../time";
import {
  Button,
  Checkbox,
  Dialog,
  FormFrame,
  Load,
  ProblemNotice,
  Row,
  TextArea,
  toast,
} from "../ui";
import { useResource } from "../resource";
import { canMiss, isAhead } from "./appointmentState";
import { SlotChoice } from "./BookingDialog";
import { t } from "./bookingWords";
import { partName } from "./names";

type Appointment = Schema<"Appointment">;
type Role = Schema<"ResourceRole">;

const EARLY = 30 * 60_000;

/** What can be done with an appointment that lies ahead: come, be there, move it, miss somebody. */
export function AppointmentActs(props: {
  appointment: Appointment;
  /** Whether the reader may move it and say how it ended, not only speak for themselves. */
  mayDecide: boolean;
  onChanged: () => void;
}): JSX.Element | null {
  const { appointment } = props;
  const now = useNow();
  const [open, setOpen] = useState<"move" | "missed">();
  const at = { params: { path: { appointmentId: appointment.id } } };
  const changed = (text: string) => () => {
    toast(text);
    props.onChanged();
  };
  const confirm = useAct(
    (key) =>
      ok(api.POST("/appointments/{appointmentId}/confirmation", { ...at, headers: once(key) })),
    changed(t("confirmed")),
  );
  const arrive = useAct(
    (key) => ok(api.POST("/appointments/{appointmentId}/arrival", { ...at, headers: once(key) })),
    changed(t("noted")),
  );
  const close = useAct(
    (key, outcome: "done" | "partly") =>
      ok(
        api.POST("/appointments/{appointmentId}/outcome", {
          ...at,
          body: { outcome },
          headers: once(key),
        }),
      ),
    changed(t("noted")),
  );
  if (!isAhead(appointment)) return null;
  const begun = millis(appointment.start) <= now;
  const near = millis(appointment.start) - EARLY <= now;
  const over = millis(appointment.end) <= now;
  const problem = confirm.problem ?? arrive.problem ?? close.problem;
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <Row>
        {!near && (
          <Button small busy={confirm.busy} onPress={() => confirm.run()}>
            {t("confirm")}
          </Button>
        )}
        {near && !over && (
          <Button small busy={arrive.busy} onPress={() => arrive.run()}>
            {t("arrive")}
          </Button>
        )}
        {props.mayDecide && begun && (
          <>
            <Button small busy={close.busy} onPress={() => close.run("done")}>
              {t("tookPlace")}
            </Button>
            <Button small busy={close.busy} onPress={() => close.run("partly")}>
              {t("partlyDone")}
            </Button>
          </>
        )}
        {props.mayDecide && (
          <Button small onPress={() => setOpen("move")}>
            {t("move")}
          </Button>
        )}
        {props.mayDecide && canMiss(appointment, now) && (
          <Button small onPress={() => setOpen("missed")}>
            {t("noShow")}
          </Button>
        )}
      </Row>
      {open === "move" && (
        <MoveDialog
          appointment={appointment}
          onClose={() => setOpen(undefined)}
          onMoved={() => {
            setOpen(undefined);
            props.onChanged();
          }}
        />
      )}
      {open === "missed" && (
        <MissedDialog
          appointment={appointment}
          onClose={() => setOpen(undefined)}
          onSaid={() => {
            setOpen(undefined);
            props.onChanged();
          }}
        />
      )}
    </>
  );
}

function MoveDialog(props: {
  appointment: Appointment;
  onClose: () => void;
  onMoved: () => void;
}): JSX.Element {
  const { id, consultId, start, end, participants } = props.appointment;
  const minutes = Math.round((millis(end) - millis(start)) / 60_000);
  const [chosen, setChosen] = useState<string>();
  const ids = (role: Role) => participants.filter((one) => one.role === role).map((one) => one.id);
  const interpreterId = ids("interpreter")[0];
  const navigatorId = ids("navigator")[0];
  const deviceIds = ids("device").join(",");
  const slots = useResource(
    () =>
      ok(
        api.GET("/consults/{consultId}/slots", {
          params: {
            path: { consultId },
            query: {
              days: 14,
              minutes,
              ...(interpreterId && { interpreterId }),
              ...(navigatorId && { navigatorId }),
              ...(deviceIds && { deviceIds }),
            },
          },
        }),
      ),
    [consultId, id],
  );
  const move = useAct(
    (key, to: string) =>
      ok(
        api.POST("/appointments/{appointmentId}/rescheduling", {
          params: { path: { appointmentId: id } },
          body: { start: to, minutes },
          headers: once(key),
        }),
      ).catch((error: unknown) => {
        setChosen(undefined);
        slots.reload();
        throw error;
      }),
    () => {
      toast(t("moved"));
      props.onMoved();
    },
  );
  return (
    <Dialog
      title={t("moveTitle")}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{t("keepTime")}</Button>
          <Button
            kind="primary"
            busy={move.busy}
            disabled={chosen === undefined}
            onPress={() => chosen && move.run(chosen)}
          >
            {chosen ? `${t("move")}: ${dayAndTime(chosen)}` : t("move")}
          </Button>
        </>
      }
    >
      {move.problem && <ProblemNotice problem={move.problem} />}
      <Load from={slots} rows={2}>
        {({ items, people }) => (
          <SlotChoice slots={items} people={people} chosen={chosen} onChoose={setChosen} />
        )}
      </Load>
    </Dialog>
  );
}

function MissedDialog(props: {
  appointment: Appointment;
  onClose: () => void;
  onSaid: () => void;
}): JSX.Element {
  const { id, participants, missed } = props.appointment;
  const roles = [...new Set(participants.map(({ role }) => role))].filter((r) => r !== "device");
  const [absent, setAbsent] = useState<readonly Role[]>(missed ?? []);
  const form = useForm({
    initial: { reason: "" },
    draft: `no-show ${id}`,
    send: ({ reason }, key) =>
      ok(
        api.POST("/appointments/{appointmentId}/no-show", {
          params: { path: { appointmentId: id } },
          body: { absent: [...absent], ...(reason.trim() && { reason: reason.trim() }) },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("noShowDone"));
      props.onSaid();
    },
  });
  return (
    <Dialog title={t("noShowTitle")} onClose={props.onClose}>
      <FormFrame
        form={form}
        submit={t("noShow")}
        others={<Button onPress={props.onClose}>{t("keepTime")}</Button>}
      >
        {roles.map((role) => (
          <Checkbox
            key={role}
            label={`${partName(role)}: ${participants.find((one) => one.role === role)?.name ?? ""}`}
            value={absent.includes(role)}
            onChange={(on) =>
              setAbsent(on ? [...absent, role] : absent.filter((one) => one !== role))
            }
          />
        ))}
        <TextArea
          label={t("reason")}
          optional
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
      </FormFrame>
    </Dialog>
  );
}
