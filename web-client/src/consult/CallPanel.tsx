import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { type Loaded, useResource } from "../resource";
import { RingPeople } from "../presence/RingPeople";
import { clockTime } from "../time";
import {
  Badge,
  Button,
  Card,
  Disclosure,
  LinkButton,
  Load,
  Notice,
  ProblemNotice,
  Row,
  toast,
  type Tone,
} from "../ui";
import { InviteDialog } from "./InviteDialog";
import { partName } from "./names";
import { t } from "./words";

type Call = Schema<"Call">;
type GuestLink = Schema<"GuestLink">;

function useCall(consultId: string): Loaded<Call> {
  return useResource(
    () => ok(api.GET("/consults/{consultId}/call", { params: { path: { consultId } } })),
    [consultId],
    { live: ["call", consultId] },
  );
}

/** Says at the top of a page that a call is up, and nothing while there is none. */
export function CallNotice({ consultId }: { consultId: string }): JSX.Element | null {
  const { state } = useCall(consultId);
  if (state.kind !== "ready" || !state.value.active) return null;
  const names = state.value.present.map(({ name }) => name).join(comma());
  return (
    <Notice
      tone="good"
      title={t("callUp")}
      action={
        <LinkButton kind="primary" small icon="video" href={`/call/${consultId}`}>
          {t("joinCall")}
        </LinkButton>
      }
    >
      {names && <bdi>{t("callWith", { names })}</bdi>}
    </Notice>
  );
}

/** Whether a call is up and who is in it; the way into it, and guests by link. */
export function CallPanel(props: { consultId: string; mayInvite?: boolean }): JSX.Element {
  const { consultId } = props;
  const call = useCall(consultId);
  const active = call.state.kind === "ready" && call.state.value.active;
  return (
    <Card title={t("call")} tone={active ? "green" : "plain"}>
      <Load from={call} rows={1}>
        {(now) => <CallNow call={now} />}
      </Load>
      <LinkButton kind={active ? "primary" : "plain"} icon="video" wide href={`/call/${consultId}`}>
        {active ? t("joinCall") : t("startCall")}
      </LinkButton>
      <RingPeople consultId={consultId} />
      {props.mayInvite && <Guests consultId={consultId} />}
    </Card>
  );
}

function CallNow({ call }: { call: Call }): JSX.Element {
  if (!call.active) return <p class="muted">{t("noCall")}</p>;
  return (
    <>
      <p>
        <strong>{t("callUp")}</strong>{" "}
        {call.startedAt && (
          <span class="muted">{t("callSince", { time: clockTime(call.startedAt) })}</span>
        )}
      </p>
      <Present label={t("inCall")} people={call.present} />
      <Present label={t("outside")} people={call.waiting} />
    </>
  );
}

function Present(props: { label: string; people: Call["present"] }): JSX.Element | null {
  if (props.people.length === 0) return null;
  return (
    <div>
      <h3 class="case-label">{props.label}</h3>
      <ul>
        {props.people.map(({ name, role }) => (
          <li key={`${name} ${role}`}>
            <bdi>{name}</bdi> <span class="muted">{partName(role)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Guests({ consultId }: { consultId: string }): JSX.Element {
  const [inviting, setInviting] = useState(false);
  const links = useResource(
    () =>
      ok(api.GET("/consults/{consultId}/call/guest-links", { params: { path: { consultId } } })),
    [consultId],
    { live: ["call", consultId] },
  );
  return (
    <>
      <Button small icon="person" onPress={() => setInviting(true)}>
        {t("invite")}
      </Button>
      <Load from={links} rows={1}>
        {({ items }) =>
          items.length > 0 && (
            <Disclosure summary={t("links")}>
              <ul class="stack stack-small">
                {items.map((link) => (
                  <li key={link.id}>
                    <Guest consultId={consultId} link={link} onRevoked={links.reload} />
                  </li>
                ))}
              </ul>
            </Disclosure>
          )
        }
      </Load>
      {inviting && (
        <InviteDialog
          consultId={consultId}
          onInvited={links.reload}
          onClose={() => setInviting(false)}
        />
      )}
    </>
  );
}

function Guest(props: { consultId: string; link: GuestLink; onRevoked: () => void }): JSX.Element {
  const { consultId, link } = props;
  const revoke = useAct(
    (key) =>
      ok(
        api.DELETE("/consults/{consultId}/call/guest-links/{guestId}", {
          params: { path: { consultId, guestId: link.id } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("revoked"));
      props.onRevoked();
    },
  );
  const { tone, word } = linkLook(link.status);
  const alive = link.status === "unused" || link.status === "entered";
  return (
    <>
      <Row>
        <bdi>{link.name}</bdi>
        <span class="muted">{partName(link.role)}</span>
        <Badge tone={tone}>{word}</Badge>
        {alive && (
          <Button
            small
            kind="quiet"
            busy={revoke.busy}
            label={t("revokeOf", { name: link.name })}
            onPress={() => revoke.run()}
          >
            {t("revoke")}
          </Button>
        )}
      </Row>
      {revoke.problem && <ProblemNotice problem={revoke.problem} />}
    </>
  );
}

function linkLook(status: GuestLink["status"]): { tone: Tone; word: string } {
  switch (status) {
    case "unused":
      return { tone: "blue", word: t("linkUnused") };
    case "entered":
      return { tone: "green", word: t("linkEntered") };
    case "revoked":
      return { tone: "neutral", word: t("linkRevoked") };
    case "expired":
      return { tone: "neutral", word: t("linkExpired") };
  }
}
