import type { JSX } from "preact";
import { EmptyState, LinkButton, Page } from "../ui";
import { useStore } from "../store";
import { t as app } from "../app/words";
import { waiting } from "./shown";
import WaitingList from "./WaitingList";
import { t } from "./words";

/** What was done on this device and has not reached the server. */
export default function WaitingPage({ home }: { home: string }): JSX.Element {
  const count = useStore(waiting);
  return (
    <Page title={t("title")} width="narrow">
      {count === 0 ? (
        <EmptyState
          icon="check"
          title={t("nothing")}
          action={<LinkButton href={home}>{app("home")}</LinkButton>}
        >
          {t("nothingLead")}
        </EmptyState>
      ) : (
        <WaitingList plain />
      )}
    </Page>
  );
}
