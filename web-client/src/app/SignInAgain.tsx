import type { JSX } from "preact";
import { giveUp } from "../session";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { SignInForm } from "./SignIn";
import { t } from "./words";

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
