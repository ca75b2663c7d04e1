import type { ComponentType, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { chooseLanguage } from "../i18n/choice";
import { withWords } from "../i18n/languages";
import { Button } from "../ui/button";
import { Icon, Logo } from "../ui/icon";
import { Notice } from "../ui/notice";
import { TextInput } from "../ui/textField";
import { t as ui } from "../ui/words";
import { takesTurns } from "../who";
import { takeTyped } from "./drawnDoor";
import { LanguageChoice } from "./LanguageChoice";
import { t } from "./words";

/** The first page for somebody who is not signed in. */
export function SignInPage(): JSX.Element {
  const [byPassword, setByPassword] = useState(!takesTurns());
  return (
    <main class="sign-in" id="content">
      <div class="sign-in-about">
        <Logo />
        <p class="sign-in-tagline">{t("tagline")}</p>
        <ul>
          {[t("about1"), t("about2"), t("about3")].map((line) => (
            <li key={line}>
              <Icon name="check" />
              {line}
            </li>
          ))}
        </ul>
      </div>
      <div class="sign-in-form">
        <div class="sign-in-box">
          {byPassword ? (
            <>
              <h1>{t("signIn")}</h1>
              <p class="muted">{t("signInLead")}</p>
              <SignInForm />
              {takesTurns() && (
                <Button wide onPress={() => setByPassword(false)}>
                  {t("byPin")}
                </Button>
              )}
            </>
          ) : (
            <Turns onPassword={() => setByPassword(true)} />
          )}
          <LanguageChoice choose={chooseLanguage} />
        </div>
      </div>
    </main>
  );
}

type TurnsPart = ComponentType<{ onPassword: () => void }>;

/** Those who take turns on this device by PIN; fetched where somebody does. */
function Turns({ onPassword }: { onPassword: () => void }): JSX.Element | null {
  const [found, setFound] = useState<{ Part: TurnsPart }>();
  useEffect(() => {
    withWords(() => import("../turns/AtDoor"), ["turns"]).then(
      ({ default: Part }) => setFound({ Part }),
      onPassword,
    );
  }, []);
  return found ? <found.Part onPassword={onPassword} /> : null;
}

/** What stands in the way, each at its field. */
interface Refusals {
  readonly email?: string;
  readonly password?: string;
  readonly notice?: string;
}

/**
 * Does without `useForm` and the API: this form is the first thing that comes over a thin link, and
 * what sends it is fetched while the person types.
 */
export function SignInForm({ email: known = "" }: { email?: string }): JSX.Element {
  const [typed] = useState(() => (known === "" ? takeTyped() : { email: known, password: "" }));
  const [email, setEmail] = useState(typed.email);
  const [password, setPassword] = useState(typed.password);
  const [refused, setRefused] = useState<Refusals>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => {
    const first =
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]") ??
      form.current?.querySelector<HTMLElement>("[data-form-notice]");
    first?.focus();
  }, [refused]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const lacking = missing(email, password);
    setRefused(lacking);
    if (lacking.email || lacking.password) return;
    setBusy(true);
    const notice = await send(email.trim(), password);
    setBusy(false);
    setRefused(notice === undefined ? {} : { notice });
  }

  return (
    <form
      class="stack"
      // Sends nothing by itself, also where the form is there before the program is.
      method="dialog"
      noValidate
      ref={form}
      onSubmit={(event) => void submit(event)}
    >
      {refused.notice && (
        <Notice tone="error" form>
          {refused.notice}
        </Notice>
      )}
      <TextInput
        label={t("email")}
        name="email"
        type="email"
        inputMode="email"
        autocomplete="username"
        autofocus={known === ""}
        value={email}
        onChange={setEmail}
        error={refused.email}
      />
      <TextInput
        label={t("password")}
        name="password"
        type="password"
        autocomplete="current-password"
        autofocus={known !== ""}
        value={password}
        onChange={setPassword}
        error={refused.password}
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {t("signIn")}
      </Button>
    </form>
  );
}

/** The sentence that says why it did not work, or undefined when it did. */
async function send(email: string, password: string): Promise<string | undefined> {
  const loaded = await import("./signingIn").catch(() => undefined);
  return loaded ? loaded.signInOrSay(email, password) : ui("chunk");
}

function missing(email: string, password: string): Refusals {
  return {
    ...(email.trim() === "" && { email: t("emailNeeded") }),
    ...(password === "" && { password: t("passwordNeeded") }),
  };
}
