import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { lock, type Me } from "../session";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { lazy } from "../ui/load";
import { hasPinHere } from "../who";
import { t } from "./words";

const PinSettings = lazy(() => import("../turns/PinSettings"), ["turns"]);

/** Locks a shared device at once, and shows who takes turns on it; who has no PIN can set one. */
export function LockButton({ me }: { me: Me }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="bell"
        aria-label={t("lock")}
        title={t("lock")}
        onClick={() => (hasPinHere() ? void lock() : setOpen(true))}
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
