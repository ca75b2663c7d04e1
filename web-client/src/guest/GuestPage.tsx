import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { useResource } from "../resource";
import { currentAddress } from "../router";
import { EmptyState, Load, Logo } from "../ui";
import { t } from "./words";

/** Opened by a link, without an account: `/guest#token`. The token never reaches a log. */
export default function GuestPage(): JSX.Element {
  const token = currentAddress().fragment;
  return (
    <main class="alone" id="content">
      <Logo />
      {token === "" ? (
        <EmptyState icon="person" title={t("noLink")}>
          {t("noLinkLead")}
        </EmptyState>
      ) : (
        <Visit token={token} />
      )}
    </main>
  );
}

function Visit({ token }: { token: string }): JSX.Element {
  const guest = useResource(() => ok(api.POST("/guest-sessions", { body: { token } })), [token]);
  return (
    <Load from={guest}>
      {({ name }) => (
        <EmptyState icon="person" title={t("hello", { name })}>
          {t("wait")}
        </EmptyState>
      )}
    </Load>
  );
}
