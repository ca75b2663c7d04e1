import type { JSX } from "preact";
import { api, ok } from "../../api/client";
import { useResource } from "../../resource";
import { Notice } from "../../ui";
import { t } from "./words";

/** Which edition of the world's clock rules all hours on this page follow; a warning when it is old. */
export function ZoneEdition(): JSX.Element | null {
  const { state } = useResource(() => ok(api.GET("/zone-data")), []);
  if (state.kind !== "ready") return null;
  const { version, released, stale } = state.value;
  return stale ? (
    <Notice tone="warning">{t("zonesStale", { version, released })}</Notice>
  ) : (
    <p class="muted small">{t("zones", { version })}</p>
  );
}
