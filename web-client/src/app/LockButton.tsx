import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { accountOnDevice } from "../offline/vault";
import { lock, type Me } from "../session";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { lazy } from "../ui/load";
import { t } from "./words";

const PinSettings = lazy(() => import("../turns/PinSettings"), ["turns"]);

/** Locks a shared device at once, and shows who takes turns on it; who has no PIN can set one. */
export function LockButton({ me }: { me: Me }): JSX.Element {
  const [open, setOpen] = useState(false);
  async function press(): Promise<void> {
    const here = await accountOnDevice(me.account.id);
    if (here?.pin) await lock();
    else setOpen(true);
  }
  return (
    <>
      <button
        type="button"
        class="bell"
        aria-label={t("lock")}
        title={t("lock")}
        onClick={() => void press()}
      >
        <Icon name="lock" />
      </button>
      {open && (
        <Dialog title={t("lock")} onClose={() => setOpen(false)}>
          <PinSettings me={me} />
        </Dialog>
      )}
    </>
  );
}
