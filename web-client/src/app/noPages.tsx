import type { JSX } from "preact";
import type { Me } from "../session";
import { LinkButton } from "../ui/button";
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
