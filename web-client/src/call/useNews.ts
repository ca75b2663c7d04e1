import { useEffect, useRef, useState } from "preact/hooks";
import type { CallRole, Participant } from "./protocol";
import type { Person } from "./attendance";
import { soundAsks } from "./sounds";
import { roleName } from "./view";
import { t } from "./words";

/** What can be told of a call: who is there, who waits, whether we ourselves are connected. */
export interface Seen {
  readonly self: { readonly host: boolean; readonly role: CallRole };
  readonly people: readonly Person[];
  readonly waiting: readonly Participant[];
  readonly link: { readonly kind: "open" | "lost" };
}

/** What changed between two looks, in sentences; the most urgent first. */
export function newsOf(before: Seen, after: Seen): string[] {
  const asks = after.self.host
    ? newIn(before.waiting, after.waiting).map(({ name, role }) =>
        t("saidWaiting", { name, role: roleName(role) }),
      )
    : [];
  const back = before.link.kind === "lost" && after.link.kind === "open" ? [t("back")] : [];
  const came = newIn(before.people, after.people).map(({ name }) => t("came", { name }));
  const went = newIn(after.people, before.people).map(({ name }) => t("went", { name }));
  const moved = after.people.flatMap((person) => {
    const then = before.people.find(({ seat }) => seat === person.seat);
    if (!then || then.present === person.present) return [];
    return [t(person.present ? "isBack" : "lostPerson", { name: person.name })];
  });
  return [...asks, ...back, ...came, ...went, ...moved];
}

/** Who is something else than before, in sentences. */
export function roleNewsOf(before: Seen, after: Seen): string[] {
  const own =
    before.self.role === after.self.role
      ? []
      : [t("youNowRole", { role: roleName(after.self.role) })];
  const others = after.people.flatMap(({ seat, name, role }) => {
    const then = before.people.find((each) => each.seat === seat);
    return !then || then.role === role ? [] : [t("nowRole", { name, role: roleName(role) })];
  });
  return [...own, ...others];
}

const ROLE_NEWS_MILLISECONDS = 10_000;

/** The latest change of roles, for a while. */
export function useRoleNews(now: Seen): string | undefined {
  const before = useRef(now);
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    const news = roleNewsOf(before.current, now);
    before.current = now;
    if (news.length > 0) setSaid(news.join(" "));
  }, [now]);
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), ROLE_NEWS_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [said]);
  return said;
}

function newIn<T extends { readonly seat: number }>(
  before: readonly { readonly seat: number }[],
  after: readonly T[],
): readonly T[] {
  return after.filter(({ seat }) => before.every((each) => each.seat !== seat));
}

/** The latest news for a live region; a host also hears when somebody waits outside. */
export function useNews(now: Seen): string {
  const before = useRef<Seen | undefined>(undefined);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const first: Seen = { ...now, waiting: [] };
    const then = before.current ?? first;
    before.current = now;
    const news = newsOf(then, now);
    if (news.length > 0) setSaid(news.join(" "));
    if (now.self.host && newIn(then.waiting, now.waiting).length > 0) soundAsks();
  }, [now]);
  return said;
}
