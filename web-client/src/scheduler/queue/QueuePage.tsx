import type { JSX } from "preact";
import { valueOf } from "../../consult";
import { Page } from "../../ui";
import { t } from "../words";
import { QueueList, useQueue } from "./QueueList";
import "../scheduler.css";

/** The coordinator's first page: who needs something, the least time left in front. */
export function QueuePage(): JSX.Element {
  const queue = useQueue();
  const items = valueOf(queue)?.items;
  return (
    <Page
      title={t("title")}
      lead={items && items.length > 0 && t("total", { count: items.length })}
    >
      <QueueList queue={queue} />
    </Page>
  );
}
