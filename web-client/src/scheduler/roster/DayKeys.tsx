import type { JSX } from "preact";
import { t } from "./words";

/** What the colours in the bars of days mean. */
export function DayKeys(): JSX.Element {
  return (
    <p class="grid-keys small" aria-hidden="true">
      <span>
        <span class="day-key day-key-available" />
        {t("available")}
      </span>
      <span>
        <span class="day-key day-key-on-call" />
        {t("onCall")}
      </span>
      <span>
        <span class="day-key day-key-booked" />
        {t("booked")}
      </span>
    </p>
  );
}
