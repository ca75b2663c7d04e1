import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useNow } from "../time";
import { Button } from "../ui";
import { soundLost } from "./sounds";
import { LONG_LOST_SECONDS, secondsSince } from "./view";
import { t } from "./words";

/** Most gaps are shorter than this and nobody need hear of them. */
const SAID_AFTER_SECONDS = 2;

/**
 * The connection to the server is away: a line over the pictures, never instead of them. Sounds
 * once, counts the seconds, and after a while says how else to go on.
 */
export function LostLink(props: {
  since: number;
  onRetry: () => void;
  instead: ComponentChildren;
}): JSX.Element | null {
  const now = useNow(500);
  const seconds = secondsSince(props.since, now);
  const said = seconds >= SAID_AFTER_SECONDS;
  useEffect(() => {
    if (said) soundLost();
  }, [said]);
  if (!said) return null;
  return (
    <div class="call-lost" data-lost-seconds={seconds}>
      <p role="status">
        <strong>{t("lost")}</strong> {t("mediaGoesOn")}
      </p>
      <p aria-hidden="true">{t("lostFor", { count: seconds })}</p>
      {seconds >= LONG_LOST_SECONDS && props.instead}
      <Button small onPress={props.onRetry}>
        {t("retryNow")}
      </Button>
    </div>
  );
}
