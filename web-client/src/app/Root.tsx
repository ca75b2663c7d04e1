import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./door.css";
import { lateWords, spoken } from "../i18n/languages";
import { useAddress } from "../router";
import { useStore } from "../store";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { t as ui } from "../ui/words";
import { needsAccount, session } from "../who";
import { SignInPage } from "./SignIn";
import { t } from "./words";

/** The door, at once; everything behind it is fetched meanwhile. */
export function Root(): JSX.Element {
  const { path } = useAddress();
  const { kind } = useStore(session);
  // Another language: everything below is drawn again.
  useStore(spoken);
  useStore(lateWords);
  const { App, failed, load } = useApp();
  const atDoor = kind === "signed-out" && needsAccount(path);
  return (
    <>
      {atDoor && <SignInPage />}
      {App ? <App /> : !atDoor && <Opening failed={failed} onRetry={load} />}
    </>
  );
}

function Opening(props: { failed: boolean; onRetry: () => void }): JSX.Element {
  if (!props.failed) return <p class="boot">{t("opening")}</p>;
  return (
    <Notice
      tone="error"
      action={
        <Button small icon="refresh" onPress={props.onRetry}>
          {ui("retry")}
        </Button>
      }
    >
      {ui("chunk")}
    </Notice>
  );
}

/** Fetches what lies behind the door, and again each time `load` is called. */
function useApp(): { App: ComponentType | undefined; failed: boolean; load: () => void } {
  const [found, setFound] = useState<{ App?: ComponentType; failed: boolean }>({ failed: false });
  const load = (): void => {
    setFound({ failed: false });
    import("./App").then(
      ({ default: App, begin }) => {
        setFound({ App, failed: false });
        void begin();
      },
      () => setFound({ failed: true }),
    );
  };
  useEffect(load, []);
  return { App: found.App, failed: found.failed, load };
}
