import { Component, type ComponentChildren, type JSX } from "preact";
import type { Problem } from "../api/problem";
import { loadSession } from "../session";
import { Button } from "../ui/button";
import { Logo } from "../ui/icon";
import { Page } from "../ui/layout";
import { EmptyState } from "../ui/parts";
import { t } from "./words";

/** The server did not say who is at the screen: neither signed in nor signed out. */
export function UnreachablePage({ problem }: { problem: Problem }): JSX.Element {
  return (
    <main class="alone" id="content">
      <Logo />
      <EmptyState
        page
        icon="cloudOff"
        title={t("unreachable")}
        action={
          <Button kind="primary" icon="refresh" onPress={() => void loadSession()}>
            {t("retry")}
          </Button>
        }
      >
        {problem.sentence}
      </EmptyState>
    </main>
  );
}

/** Catches a fault while drawing, so that one broken page does not take the others with it. */
export class FaultBoundary extends Component<
  { children: ComponentChildren; page: string },
  { failedPage: string | undefined }
> {
  override state = { failedPage: undefined as string | undefined };

  override componentDidCatch(error: unknown): void {
    this.setState({ failedPage: this.props.page });
    reportError(error);
  }

  override render(): ComponentChildren {
    if (this.state.failedPage !== this.props.page) return this.props.children;
    return (
      <Page title={t("failed")} width="narrow">
        <EmptyState
          icon="warning"
          title={t("failed")}
          action={
            <Button kind="primary" icon="refresh" onPress={() => location.reload()}>
              {t("reload")}
            </Button>
          }
        >
          {t("failedLead")}
        </EmptyState>
      </Page>
    );
  }
}
