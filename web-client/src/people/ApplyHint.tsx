import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { useResource } from "../resource";
import { LinkButton, Notice } from "../ui";
import { t } from "./words";

/** For whoever works in a volunteer's pages and is none yet: what is missing. */
export function ApplyHint({ href }: { href: string }): JSX.Element | null {
  const { state } = useResource(() => ok(api.GET("/volunteer-profile")), [], { live: "volunteer" });
  const none = state.kind === "failed" && state.problem.status === 404;
  const waits = state.kind === "ready" && state.value.status === "applied";
  if (!none && !waits) return null;
  return (
    <Notice
      action={<LinkButton href={href}>{t(none ? "notYetAct" : "appliedHintAct")}</LinkButton>}
    >
      {t(none ? "notYet" : "appliedHint")}
    </Notice>
  );
}
