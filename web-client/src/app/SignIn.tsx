import type { JSX } from "preact";
import { asProblem, type FieldError, Problem } from "../api/problem";
import { useForm } from "../form";
import { chooseLanguage } from "../i18n/choice";
import { giveUp, keepChosenLanguage, signIn } from "../session";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { TextInput } from "../ui/field";
import { Icon, Logo } from "../ui/icon";
import { Notice } from "../ui/parts";
import { toast } from "../ui/toast";
import { LanguageChoice } from "./LanguageChoice";
import { t } from "./words";

/** The first page for somebody who is not signed in. */
export function SignInPage(): JSX.Element {
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
          <h1>{t("signIn")}</h1>
          <p class="muted">{t("signInLead")}</p>
          <SignInForm />
          <LanguageChoice choose={chooseLanguage} />
        </div>
      </div>
    </main>
  );
}

/** Over the page that was open when the session ended: nothing typed there is lost. */
export function SignInAgain({ email }: { email: string }): JSX.Element {
  return (
    <Dialog title={t("signInAgain")}>
      <p class="muted">{t("signInAgainLead")}</p>
      <SignInForm email={email} />
      <Button kind="quiet" onPress={() => void giveUp()}>
        {t("leavePage")}
      </Button>
    </Dialog>
  );
}

function SignInForm({ email = "" }: { email?: string }): JSX.Element {
  const form = useForm({
    initial: { email, password: "" },
    validate: missing,
    send: ({ email: typed, password }) => signIn(typed.trim(), password).catch(explain),
    onSent: () =>
      void keepChosenLanguage().catch((error: unknown) =>
        toast(asProblem(error).sentence, "error"),
      ),
  });
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      {form.notice && (
        <Notice tone="error" form>
          {form.notice}
        </Notice>
      )}
      <TextInput
        label={t("email")}
        type="email"
        inputMode="email"
        autocomplete="username"
        autofocus={email === ""}
        {...form.field("/email")}
      />
      <TextInput
        label={t("password")}
        type="password"
        autocomplete="current-password"
        autofocus={email !== ""}
        {...form.field("/password")}
      />
      <Button type="submit" kind="primary" wide busy={form.busy}>
        {t("signIn")}
      </Button>
    </form>
  );
}

function missing(values: { email: string; password: string }): FieldError[] {
  const errors: FieldError[] = [];
  if (values.email.trim() === "") errors.push({ pointer: "/email", detail: t("emailNeeded") });
  if (values.password === "") errors.push({ pointer: "/password", detail: t("passwordNeeded") });
  return errors;
}

/** Only the server's own "no" is about the password; everything else speaks for itself. */
function explain(error: unknown): never {
  if (error instanceof Problem && error.kind === "answered" && error.status === 401) {
    throw new Problem({ ...error, sentence: t("wrong") });
  }
  throw error;
}
