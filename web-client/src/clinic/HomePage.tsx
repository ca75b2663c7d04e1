import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { useResource } from "../resource";
import { EmptyState, List, Load, Page } from "../ui";
import { t } from "./words";

export function HomePage(): JSX.Element {
  const consults = useResource(
    () => ok(api.GET("/consults", { params: { query: { view: "open" } } })),
    [],
    { live: "consult" },
  );
  return (
    <Page title={t("title")}>
      <Load from={consults}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState>
          ) : (
            <List
              label={t("title")}
              rows={items.map((consult) => ({ key: consult.id, title: consult.question }))}
            />
          )
        }
      </Load>
    </Page>
  );
}
