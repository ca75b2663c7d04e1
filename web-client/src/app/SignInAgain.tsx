import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { giveUp, type Me } from "../session";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { lazy } from "../ui/load";
import { hasPinHere } from "../who";
import { SignInForm } from "./SignIn";
import { t } from "./words";

const PinForm = lazy(() => import("../turns/PinForm"), ["turns"]);

/** Over the page that was open when the session ended: nothing typed there is lost. */
export default function SignInAgain({ me }: { me: Me }): JSX.Element {
  const [byPin, setByPin] = useState(hasPinHere());
  return (
    <Dialog title={t("signInAgain")}>
      <p class="muted">{t("signInAgainLead")}</p>
      {byPin ? (
        <>
          <PinForm account={me.account.id} onOver={() => setByPin(false)} />
          <Button onPress={() => setByPin(false)}>{t("byPassword")}</Button>
        </>
      ) : (
        <SignInForm email={me.account.email} />
      )}
      <Button kind="quiet" onPress={() => void giveUp()}>
        {t("leavePage")}
      </Button>
    </Dialog>
  );
}
