import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { t } from "../app/words";
import { useResource } from "../resource";
import { Icon } from "../ui/icon";
import { unread } from "./notices";

/** The way to the notices in the frame of every page, with how many are new. */
export function Bell({ current }: { current: boolean }): JSX.Element {
  const { state } = useResource(() => ok(api.GET("/notices")), [], { live: "notices" });
  const count = state.kind === "loading" ? 0 : unread(state.value?.items ?? []);
  return (
    <a
      href="/notices"
      class="bell"
      aria-current={current ? "page" : undefined}
      aria-label={count > 0 ? t("noticesNew", { count }) : t("notices")}
    >
      <span class="nav-icon">
        <Icon name="bell" />
        {count > 0 && <span class="nav-count">{count > 99 ? "99+" : count}</span>}
      </span>
    </a>
  );
}
