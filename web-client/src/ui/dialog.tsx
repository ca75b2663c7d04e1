import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "./button";
import { t } from "./words";

/**
 * A question over the page, in a native dialog: focus stays inside and returns afterwards. Without
 * `onClose` it cannot be waved away.
 */
export function Dialog(props: {
  title: string;
  onClose?: () => void;
  actions?: ComponentChildren;
  /** Takes the whole window: for what needs every pixel. */
  full?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      // The dialog may be out of the page by now, and then the browser gives nothing back.
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={props.full ? "dialog dialog-full" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose?.();
      }}
      onClick={(event) => {
        if (event.target === element.current) props.onClose?.();
      }}
    >
      <div class="dialog-inside">
        <div class="dialog-head">
          <h2 id={id}>{props.title}</h2>
          {props.onClose && <IconButton icon="close" label={t("close")} onPress={props.onClose} />}
        </div>
        <div class="stack">{props.children}</div>
        {props.actions && <div class="actions">{props.actions}</div>}
      </div>
    </dialog>
  );
}
