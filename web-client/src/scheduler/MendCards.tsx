import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { languageName, UrgencyBadge } from "../consult";
import { useResource } from "../resource";
import { bothClocks } from "./appointments";
import { clockTime, dayAndTime } from "../time";
import { Button, Card, ProblemNotice, Row, Stack, toast } from "../ui";
import { t } from "./mendWords";

type Broken = Schema<"BrokenAppointment">;
type Waiting = Schema<"WaitingConsult">;

/** What a change has broken, who waits for a time, and which languages nobody speaks. */
export function MendCards(props: { consultHref: (consultId: string) => string }): JSX.Element {
  const live = { live: ["consult", "roster", "notices"] as const };
  const broken = useResource(() => ok(api.GET("/broken-appointments")), [], live);
  const waiting = useResource(() => ok(api.GET("/waiting")), [], live);
  const gaps = useResource(() => ok(api.GET("/roster/language-gaps")), [], live);
  const reload = () => {
    broken.reload();
    waiting.reload();
  };
  const missing =
    gaps.state.kind === "ready" ? gaps.state.value.items.filter(({ gap }) => gap) : [];
  return (
    <>
      {broken.state.kind === "ready" && broken.state.value.items.length > 0 && (
        <Card title={t("broken")} tone="red">
          <p class="muted">{t("brokenLead")}</p>
          {broken.state.value.items.map((work) => (
            <BrokenRow
              key={work.id}
              work={work}
              href={props.consultHref(work.appointment.consultId)}
              onDone={reload}
            />
          ))}
        </Card>
      )}
      {waiting.state.kind === "ready" && waiting.state.value.items.length > 0 && (
        <Card title={t("waiting")}>
          <p class="muted">{t("waitingLead")}</p>
          {waiting.state.value.items.map((entry) => (
            <WaitingRow
              key={entry.id}
              entry={entry}
              href={props.consultHref(entry.consultId)}
              onDone={reload}
            />
          ))}
        </Card>
      )}
      {missing.length > 0 && (
        <Card title={t("gaps")} tone="yellow">
          <ul>
            {missing.map(({ language, sentence }) => (
              <li key={language}>
                <strong>{languageName(language)}</strong>: {sentence}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function BrokenRow(props: { work: Broken; href: string; onDone: () => void }): JSX.Element {
  const { work } = props;
  const at = { params: { path: { workId: work.id } } };
  const clinic = work.appointment.participants.find(({ role }) => role === "clinic")?.zone;
  const approve = useAct(
    (key) =>
      ok(
        api.POST("/broken-appointments/{workId}/approval", { ...at, body: {}, headers: once(key) }),
      ),
    () => {
      toast(t("approved"));
      props.onDone();
    },
  );
  const keep = useAct(
    (key) =>
      ok(
        api.POST("/broken-appointments/{workId}/keeping", {
          ...at,
          body: { reason: t("keepReason") },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("kept"));
      props.onDone();
    },
  );
  const problem = approve.problem ?? keep.problem;
  return (
    <Stack gap="small">
      <div>
        <a href={props.href}>
          <bdi>{work.appointment.question}</bdi>
        </a>{" "}
        <span class="muted">
          {bothClocks(work.appointment.start, clinic)} · {t(work.cause)}
        </span>
        <br />
        {work.proposed
          ? t("proposed", { time: bothClocks(work.proposed, clinic) })
          : t("noProposal")}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <Row>
        {work.proposed && (
          <Button small kind="primary" busy={approve.busy} onPress={() => approve.run()}>
            {t("approve")}
          </Button>
        )}
        <Button small busy={keep.busy} onPress={() => keep.run()}>
          {t("keep")}
        </Button>
      </Row>
    </Stack>
  );
}

function WaitingRow(props: { entry: Waiting; href: string; onDone: () => void }): JSX.Element {
  const { entry } = props;
  const take = useAct(
    (key, holdId: string) =>
      ok(
        api.POST("/holds/{holdId}/confirmation", {
          params: { path: { holdId } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("taken"));
      props.onDone();
    },
  );
  const leave = useAct(
    () => ok(api.DELETE("/waiting/{waitingId}", { params: { path: { waitingId: entry.id } } })),
    props.onDone,
  );
  const problem = take.problem ?? leave.problem;
  const { offered } = entry;
  const clinic = offered?.participants.find(({ role }) => role === "clinic")?.zone;
  return (
    <Stack gap="small">
      <div>
        <UrgencyBadge urgency={entry.urgency} />{" "}
        <a href={props.href}>
          <bdi>{entry.question}</bdi>
        </a>{" "}
        <span class="muted">
          {t("since", { since: dayAndTime(entry.since) })} ·{" "}
          {t("wanted", { until: dayAndTime(entry.until), minutes: entry.minutes })}
        </span>
        {offered?.heldUntil && (
          <p>
            <strong>
              {t("offered", {
                time: bothClocks(offered.start, clinic),
                until: clockTime(offered.heldUntil),
              })}
            </strong>
          </p>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <Row>
        {offered && (
          <Button small kind="primary" busy={take.busy} onPress={() => take.run(offered.id)}>
            {t("take")}
          </Button>
        )}
        <Button small busy={leave.busy} onPress={() => leave.run()}>
          {t("leave")}
        </Button>
      </Row>
    </Stack>
  );
}
