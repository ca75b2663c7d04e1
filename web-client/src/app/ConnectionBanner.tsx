import type { JSX } from "preact";
import { live } from "../live";
import { newVersion, shownFrom, waiting } from "../offline/shown";
import { useStore } from "../store";
import { clockTime, dayAndTime, useNow } from "../time";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { t } from "./words";

/** Short gaps mend themselves unseen: a banner that flickers is not believed. */
const SAID_AFTER_MILLISECONDS = 4_000;

/** Says that the server cannot be heard, for as long as that is true. */
export function ConnectionBanner(): JSX.Element {
  const state = useStore(live.state);
  const now = useNow(state.kind === "lost" ? 1_000 : 60_000);
  const lost =
    state.kind === "lost" && now - state.since >= SAID_AFTER_MILLISECONDS ? state : undefined;
  return (
    <>
      <div class={lost ? "banner" : undefined}>
        {lost && <Icon name="cloudOff" />}
        <span role="status">{lost && <Lost since={lost.since} />}</span>
        {lost && (
          <>
            {/* Silent: nobody wants each second read out. */}
            <span class="banner-next small">{nextTry(lost.retryAt, now)}</span>
            <Button small onPress={() => live.retryNow()}>
              {t("retryNow")}
            </Button>
          </>
        )}
      </div>
      <NewVersion />
    </>
  );
}

/** Since when, what is shown instead, and what waits. */
function Lost({ since }: { since: number }): JSX.Element {
  const from = useStore(shownFrom);
  const count = useStore(waiting);
  return (
    <>
      {t("lost", { time: clockTime(since) })}
      {from !== undefined && ` ${t("shownFrom", { time: dayAndTime(from) })}`}
      {count > 0 && (
        <>
          {" "}
          <a href="/waiting">{t("waits", { count })}</a>
        </>
      )}
    </>
  );
}

function NewVersion(): JSX.Element {
  const take = useStore(newVersion);
  return (
    <div class={take ? "banner banner-news" : undefined}>
      <span role="status">{take && t("newVersion")}</span>
      {take && (
        <Button small onPress={take}>
          {t("takeVersion")}
        </Button>
      )}
    </div>
  );
}

function nextTry(retryAt: number | undefined, now: number): string {
  const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
  return seconds > 0 ? t("nextTry", { seconds }) : t("trying");
}
