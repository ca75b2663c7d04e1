import { Component, type ComponentChildren, type JSX } from "preact";
import type { Problem } from "../api/problem";
import { loadSession, type Me } from "../session";
import { Button, LinkButton } from "../ui/button";
import { Logo } from "../ui/icon";
import { Page } from "../ui/layout";
import { EmptyState } from "../ui/parts";
import { roleName } from "./names";
import { t } from "./words";
import { homeOf } from "./workspace";

export function NotFoundPage({ home }: { home: string }): JSX.Element {
  return (
    <Page title={t("notFound")} width="narrow">
      <EmptyState
        icon="search"
        title={t("notFound")}
        action={
          <LinkButton kind="primary" href={home}>
            {t("home")}
          </LinkButton>
        }
      >
        {t("notFoundLead")}
      </EmptyState>
    </Page>
  );
}

/** The address is good, but for another role of this or another person. */
export function OtherRolePage({ me }: { me: Me }): JSX.Element {
  return (
    <Page title={t("otherRole")} width="narrow">
      <EmptyState
        icon="people"
        title={t("otherRole")}
        action={
          <LinkButton kind="primary" href={homeOf(me.membership.role)}>
            {t("home")}
          </LinkButton>
        }
      >
        {t("otherRoleLead", {
          role: roleName(me.membership.role),
          organisation: me.membership.organisation.name,
        })}
      </EmptyState>
    </Page>
  );
}

export function NoWorkspacePage(): JSX.Element {
  return (
    <Page title={t("account")} width="narrow">
      <EmptyState icon="person" title={t("noWorkspace")}>
        {t("noWorkspaceLead")}
      </EmptyState>
    </Page>
  );
}

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
