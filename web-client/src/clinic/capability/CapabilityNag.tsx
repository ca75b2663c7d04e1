import type { JSX } from "preact";
import { api, ok } from "../../api/client";
import { useMe, valueOf } from "../../consult";
import { useResource } from "../../resource";
import { LinkButton, Notice } from "../../ui";
import { t } from "./words";

/** Asks for the site's list when nobody has confirmed it for 90 days. */
export default function CapabilityNag(): JSX.Element | null {
  const siteId = useMe().membership.site?.id;
  const profile = valueOf(
    useResource(
      async () =>
        siteId
          ? ok(api.GET("/sites/{siteId}/capabilities", { params: { path: { siteId } } }))
          : undefined,
      [siteId],
    ),
  );
  if (!profile?.outdated) return null;
  return (
    <Notice title={t("nagTitle")}>
      <p>{profile.version === 0 ? t("nag") : t("outdated")}</p>
      <LinkButton small href="/clinic/capabilities">
        {t("open")}
      </LinkButton>
    </Notice>
  );
}
