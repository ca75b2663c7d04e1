import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, newKey, ok, once } from "../api/client";
import { consultHref } from "../call/consultHref";
import { useResource } from "../resource";
import type { Me, Role } from "../session";
import { dayAndTime } from "../time";
import { Badge, EmptyState, List, Load, Page } from "../ui";
import { type Notice, parted } from "./notices";
import { t } from "./words";

/** What the reader was told of their appointments; opening the page is reading it. */
export default function NoticesPage({ me }: { me: Me }): JSX.Element {
  const notices = useResource(() => ok(api.GET("/notices")), [], { live: "notices" });
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const { state } = notices;
  const fresh = state.kind === "ready" ? parted(state.value.items).fresh : [];
  const ids = fresh.map(({ id }) => id).join();
  useEffect(() => {
    if (ids === "") return;
    // They stay marked as new as long as this page is open, so that the mark can be seen.
    setSeen((before) => new Set([...before, ...ids.split(",")]));
    void api.POST("/notices/reading", { headers: once(newKey()) });
  }, [ids]);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Load from={notices} rows={4}>
        {({ items }) => <Notices items={items} seen={seen} role={me.membership.role} />}
      </Load>
    </Page>
  );
}

function Notices(props: {
  items: readonly Notice[];
  seen: ReadonlySet<string>;
  role: Role;
}): JSX.Element {
  const { fresh, read } = parted(props.items);
  if (props.items.length === 0) {
    return (
      <EmptyState icon="bell" title={t("empty")}>
        {t("emptyLead")}
      </EmptyState>
    );
  }
  return (
    <List
      label={t("title")}
      rows={[...fresh, ...read].map((notice) => ({
        key: notice.id,
        href: consultHref(props.role, notice.consultId),
        title: [t(notice.kind), ...(notice.start ? [t("at"), dayAndTime(notice.start)] : [])].join(
          " ",
        ),
        detail: [
          ...(notice.was ? [`${t("was")} ${dayAndTime(notice.was)}`] : []),
          `${t("told")} ${dayAndTime(notice.toldAt)}`,
        ].join(" · "),
        ...(!notice.read || props.seen.has(notice.id)
          ? { aside: <Badge tone="blue">{t("fresh")}</Badge> }
          : {}),
      }))}
    />
  );
}
