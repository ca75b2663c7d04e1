import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { useResource } from "../resource";
import { setQuery, useAddress } from "../router";
import { Actions, Button, Load, Logo, Notice, TextInput } from "../ui";
import { dayText } from "./days";
import { t } from "./words";
import "./certificate.css";

type Certificate = Schema<"ServiceCertificate">;

/** A certificate as paper, and the public place where its code is checked; needs no session. */
export default function CertificatePage(): JSX.Element {
  const code = useAddress().query.get("code") ?? "";
  return (
    <main class="certificate-page" id="content">
      {/^[0-9A-Za-z-]{16,19}$/.test(code) ? <Paper key={code} code={code} /> : <Ask />}
    </main>
  );
}

function Ask({ wrong }: { wrong?: boolean }): JSX.Element {
  const [code, setCode] = useState("");
  return (
    <form
      class="stack certificate-ask"
      onSubmit={(event) => {
        event.preventDefault();
        setQuery({ code: code.trim() });
      }}
    >
      <Logo />
      <h1>{t("check")}</h1>
      {wrong && <Notice tone="warning">{t("unknown")}</Notice>}
      <TextInput label={t("enterCode")} value={code} maxLength={19} onChange={setCode} />
      <Actions>
        <Button type="submit" kind="primary">
          {t("checkCode")}
        </Button>
      </Actions>
    </form>
  );
}

function Paper({ code }: { code: string }): JSX.Element {
  const found = useResource(
    () => ok(api.GET("/service-certificates/{code}", { params: { path: { code } } })),
    [code],
  );
  const { state } = found;
  if (state.kind === "failed" && state.problem.status === 404) return <Ask wrong />;
  return (
    <Load from={found} rows={4}>
      {(certificate) => <Shown certificate={certificate} />}
    </Load>
  );
}

function Shown({ certificate }: { certificate: Certificate }): JSX.Element {
  const { name, hours, from, until, code, issuedAt } = certificate;
  return (
    <>
      <div class="certificate-tools">
        <Notice tone="good">{t("genuine")}</Notice>
        <Button kind="primary" onPress={() => print()}>
          {t("print")}
        </Button>
      </div>
      <article class="certificate">
        <Logo />
        <h1>{t("check")}</h1>
        <p>{t("certifies")}</p>
        <p class="certificate-name">
          <bdi>{name}</bdi>
        </p>
        <p class="certificate-gave">{t("gave", { hours: String(hours) })}</p>
        <p>{t("period", { from: dayText(from), until: dayText(until) })}</p>
        <footer>
          <p>{t("issuedOn", { day: dayText(issuedAt.slice(0, 10)) })}</p>
          <p>
            {t("code")}: <strong class="certificate-code">{code}</strong>
          </p>
          <p>{t("codeLead", { address: `${location.host}/certificate` })}</p>
        </footer>
      </article>
    </>
  );
}
