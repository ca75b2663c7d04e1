import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { comma } from "../i18n/comma";
import { rings } from "../presence/rings";
import type { Me } from "../session";
import { useStore } from "../store";
import { lazy } from "../ui/load";
import { roleName } from "./names";
import { t } from "./words";

const AccountDialog = lazy(() => import("./AccountDialog"));

/** Who is signed in; opens what can be changed about it. */
export function AccountMenu({ me }: { me: Me }): JSX.Element {
  const [open, setOpen] = useState(false);
  const { missed } = useStore(rings);
  return (
    <>
      <button
        type="button"
        class="account-button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span class="avatar" aria-hidden="true">
          {initials(me.account.name)}
          {missed > 0 && <span class="nav-count">{missed > 99 ? "99+" : missed}</span>}
        </span>
        <span class="unseen">
          {t("accountOf", { name: me.account.name })}
          {missed > 0 && `${comma()}${t("missed", { count: missed })}`}
        </span>
        <span class="account-words" aria-hidden="true">
          <bdi>{me.account.name}</bdi>
          <span class="muted small">{roleName(me.membership.role)}</span>
        </span>
      </button>
      {open && <AccountDialog me={me} onClose={() => setOpen(false)} />}
    </>
  );
}

/** First letters of the first and last name, in any script. */
function initials(name: string): string {
  const words = name
    .replace(/^(dr|prof|mr|mrs|ms)\.?\s+/i, "")
    .split(/\s+/)
    .filter(Boolean);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
