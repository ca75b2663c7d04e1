import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { LanguageChoice } from "../app/LanguageChoice";
import { chooseLanguage } from "../i18n/choice";
import { useResource } from "../resource";
import { Actions, Button, Facts, Load, Logo, Notice, TextInput, When } from "../ui";
import { t } from "./words";
import "./letter.css";

type Checked = Schema<"LetterChecked">;

/**
 * Where the square code on a letter leads; needs no session. The hash comes in the address's
 * fragment, which browsers keep to themselves.
 */
export default function CheckPage(): JSX.Element {
  const [hash, setHash] = useState(location.hash.slice(1).toLowerCase());
  return (
    <main class="letter-check stack" id="content">
      <Logo />
      <h1>{t("check")}</h1>
      {isHash(hash) ? <Known key={hash} hash={hash} /> : <Ask onAsk={setHash} />}
      <LanguageChoice choose={chooseLanguage} />
    </main>
  );
}

/** 64 hexadecimal digits. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function Ask({ onAsk }: { onAsk: (hash: string) => void }): JSX.Element {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const hash = typed.replaceAll(/\s/g, "").toLowerCase();
        setWrong(!isHash(hash));
        if (isHash(hash)) onAsk(hash);
      }}
    >
      <p>{t("checkLead")}</p>
      <TextInput
        label={t("hash")}
        value={typed}
        maxLength={100}
        onChange={setTyped}
        error={wrong ? t("hashWrong") : undefined}
      />
      <Actions>
        <Button type="submit" kind="primary">
          {t("checkNow")}
        </Button>
      </Actions>
    </form>
  );
}

function Known({ hash }: { hash: string }): JSX.Element {
  const found = useResource(
    () => ok(api.GET("/letters/{sha256}", { params: { path: { sha256: hash } } })),
    [hash],
  );
  const { state } = found;
  if (state.kind === "failed" && state.problem.status === 404) {
    return <Notice tone="warning">{t("unknown")}</Notice>;
  }
  return (
    <Load from={found} rows={4}>
      {(letter) => <Shown letter={letter} />}
    </Load>
  );
}

function Shown({ letter }: { letter: Checked }): JSX.Element {
  return (
    <>
      {letter.state === "stands" && <Notice tone="good">{t("genuine")}</Notice>}
      {letter.state === "replaced" && <Notice tone="warning">{t("replaced")}</Notice>}
      {letter.state === "withdrawn" && <Notice tone="warning">{t("isWithdrawn")}</Notice>}
      <p>{t("compare")}</p>
      <Facts
        facts={[
          { label: t("kind"), value: letter.kind === "note" ? t("note") : t("referral") },
          { label: t("organisation"), value: <bdi>{letter.organisation}</bdi> },
          { label: t("signedBy"), value: <bdi>{letter.signedBy}</bdi> },
          ...(letter.registration
            ? [{ label: t("registration"), value: <bdi>{letter.registration}</bdi> }]
            : []),
          { label: t("signedAt"), value: <When at={letter.signedAt} /> },
          { label: t("key"), value: <code>{letter.keyId}</code> },
        ]}
      />
    </>
  );
}
