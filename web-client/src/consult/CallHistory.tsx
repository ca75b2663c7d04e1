import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import { dayAndTime } from "../time";
import { Card, Disclosure } from "../ui";
import { lengthText, linkLine, outcomeText, presences } from "./calls";
import { partName } from "./names";
import { t } from "./words";

type PastCall = Schema<"PastCall">;

/** Older ones are a press away. */
const SHOWN = 2;

/** The attempts to call about a consult: when, how long, who, what became of it; the newest first. */
export function CallHistory({ consultId }: { consultId: string }): JSX.Element | null {
  const calls = useResource(
    () => ok(api.GET("/consults/{consultId}/calls", { params: { path: { consultId } } })),
    [consultId],
    { live: ["call", consultId] },
  );
  // Beside what matters more: while it loads, or when it cannot, the page does without.
  if (calls.state.kind !== "ready" || calls.state.value.items.length === 0) return null;
  const { items } = calls.state.value;
  const older = items.slice(SHOWN);
  return (
    <Card title={t("calls")}>
      <CallList calls={items.slice(0, SHOWN)} />
      {older.length > 0 && (
        <Disclosure summary={t("earlierCalls", { count: older.length })}>
          <CallList calls={older} />
        </Disclosure>
      )}
    </Card>
  );
}

function CallList({ calls }: { calls: readonly PastCall[] }): JSX.Element {
  return (
    <ul class="stack stack-small">
      {calls.map((call) => (
        <li key={call.id} data-call-outcome={call.outcome}>
          <Past call={call} />
        </li>
      ))}
    </ul>
  );
}

function Past({ call }: { call: PastCall }): JSX.Element {
  const length = lengthText(call);
  const came = { joined: undefined, waited: t("waitedOnly"), asked: t("didNotCome") };
  return (
    <>
      <p>
        <strong>{dayAndTime(call.startedAt ?? call.openedAt)}</strong>
        {length && <span class="muted"> · {length}</span>}
      </p>
      <p>{outcomeText(call)}</p>
      <ul class="muted small">
        {presences(call).map((person) => (
          <li key={person.name}>
            <bdi>{person.name}</bdi> ({partName(person.role)})
            {came[person.came] && `${comma()}${came[person.came]}`}
          </li>
        ))}
        {call.people.map((person) => {
          const line = linkLine(person);
          return (
            line && (
              <li key={`${person.name} ${person.cameAt}`}>
                <bdi>{t("linkOf", { name: person.name, link: line })}</bdi>
              </li>
            )
          );
        })}
      </ul>
    </>
  );
}
