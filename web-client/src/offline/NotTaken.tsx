import type { JSX } from "preact";
import { Badge } from "../ui";
import { t } from "./words";

/** The server would not take what was done here; the list of what waits says why. */
export function NotTaken(): JSX.Element {
  return (
    <a class="small" href="/waiting">
      <Badge tone="red">{t("notTakenShort")}</Badge>
    </a>
  );
}
