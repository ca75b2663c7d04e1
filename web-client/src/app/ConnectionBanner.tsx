import type { JSX } from "preact";
import { live } from "../live";
import { useStore } from "../store";
import { clockTime, useNow } from "../time";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { t } from "./words";

/** Short gaps mend themselves unseen: a banner that flickers is not believed. */
const SAID_AFTER_MILLISECONDS = 4_000;

/** Says that the server cannot be heard, for as long as that is true. */
export function ConnectionBanner(): JSX.Element {
  const state = useStore(live.state);
  const now = useNow(2_000);
  const lost = state.kind === "lost" && now - state.since >= SAID_AFTER_MILLISECONDS;
  return (
    <div role="status">
      {lost && (
        <div class="banner">
          <Icon name="cloudOff" />
          <span>{t("lost", { time: clockTime(state.since) })}</span>
          <Button small onPress={() => live.retryNow()}>
            {t("retryNow")}
          </Button>
        </div>
      )}
    </div>
  );
}
