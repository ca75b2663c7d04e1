import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { partName } from "../consult/names";
import { useResource } from "../resource";
import { useStore } from "../store";
import { clockTime } from "../time";
import { Button, Load, ProblemNotice } from "../ui";
import type { EndReason, Ring } from "./protocol";
import { useCallPeople } from "./reach";
import { ReachBadge } from "./ReachBadge";
import { reasonOf, rings } from "./rings";
import { t } from "./words";
import "./presence.css";

type Ringable = Schema<"Ringable">;

/**
 * Whom one may ring about a consult, whether they can be called now, and how the last ring went.
 * With `only` it is about that one person, and says `otherwise` when they may not be rung.
 */
export function RingPeople(props: {
  consultId: string;
  only?: string;
  otherwise?: JSX.Element;
}): JSX.Element {
  const { consultId, only } = props;
  const people = useCallPeople(consultId);
  const attempts = useResource(
    () => ok(api.GET("/consults/{consultId}/call/rings", { params: { path: { consultId } } })),
    [consultId],
    { live: ["call", consultId] },
  );
  const known = attempts.state.kind === "loading" ? undefined : attempts.state.value;
  return (
    <Load from={people} rows={1}>
      {({ items }) => {
        const shown = only ? items.filter(({ person }) => person.id === only) : items;
        if (shown.length === 0) return props.otherwise ?? null;
        return (
          <section class="stack stack-small">
            {!only && <h3 class="case-label">{t("people")}</h3>}
            <ul class="ring-people">
              {shown.map((one) => (
                <li key={one.person.id}>
                  <RingPerson
                    consultId={consultId}
                    one={one}
                    last={known?.items.find(({ callee }) => callee.id === one.person.id)}
                    onChanged={attempts.reload}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      }}
    </Load>
  );
}

function RingPerson(props: {
  consultId: string;
  one: Ringable;
  last: Ring | undefined;
  onChanged: () => void;
}): JSX.Element {
  const { consultId, one, onChanged } = props;
  const { outgoing } = useStore(rings);
  const last = newest(
    props.last,
    [...outgoing.values()].map(({ ring }) => ring),
    one.person.id,
  );
  const begin = useAct(
    (key) =>
      ok(
        api.POST("/consults/{consultId}/call/rings", {
          params: { path: { consultId } },
          body: { account: one.person.id },
          headers: once(key),
        }),
      ),
    onChanged,
  );
  const stop = useAct(
    (key, ringId: string) =>
      ok(
        api.POST("/rings/{ringId}/cancellation", {
          params: { path: { ringId } },
          headers: once(key),
        }),
      ),
    onChanged,
  );
  const isRinging = last?.state === "ringing";
  const problem = begin.problem ?? stop.problem;
  return (
    <>
      <span class="ring-person">
        <span>
          <bdi>{one.person.name}</bdi>{" "}
          <span class="muted">{one.relation ? partName(one.relation) : t("asked")}</span>
        </span>
        <span role="status" class="muted small">
          {last && (isRinging ? t("ringing") : outcomeOf(last))}
        </span>
      </span>
      {!isRinging && <ReachBadge reach={one.reach} />}
      {isRinging ? (
        <Button small busy={stop.busy} onPress={() => stop.run(last.id)}>
          {t("cancel")}
        </Button>
      ) : (
        one.reach !== "here" && (
          <Button
            small
            icon="call"
            busy={begin.busy}
            label={t("ringPerson", { name: one.person.name })}
            onPress={() => begin.run()}
          >
            {t("ring")}
          </Button>
        )
      )}
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** The socket is often quicker than the page, and sometimes away: whoever knows the later state. */
export function newest(
  loaded: Ring | undefined,
  told: readonly Ring[],
  callee: string,
): Ring | undefined {
  return [loaded, ...told]
    .filter((ring) => ring !== undefined)
    .filter((ring) => ring.callee.id === callee)
    .sort(
      (a, b) =>
        b.rungAt.localeCompare(a.rungAt) ||
        Number(a.state === "ringing") - Number(b.state === "ringing"),
    )[0];
}

function outcomeOf(ring: Ring): string {
  const reason = reasonOf(ring);
  if (!reason || !ring.endedAt) return "";
  return t("last", { outcome: outcomeWord(reason, ring), time: clockTime(ring.endedAt) });
}

function outcomeWord(reason: EndReason, ring: Ring): string {
  switch (reason) {
    case "answered":
    case "answered-elsewhere":
      return t("answered");
    case "declined":
      return t("declined");
    case "busy":
      return ring.state === "busy" ? t("wasBusyNow") : t("busyNow");
    case "missed":
      return t("noAnswer");
    case "cancelled":
      return t("cancelled");
  }
}
