import type { JSX } from "preact";
import { messages } from "../i18n/messages";
import { Button } from "./button";
import { Field } from "./textField";
import { toast } from "./toast";

const t = messages("copy", {
  copy: "Copy the link",
  copied: "Link copied",
  failed: "Copying did not work. Mark the link and copy it by hand.",
});

/** A link to be given on: marked as a whole when touched. */
export function LinkToCopy(props: { label: string; hint?: string; url: string }): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} optional={false}>
      {(control) => (
        <input
          id={control.id}
          aria-describedby={control["aria-describedby"]}
          class="input"
          readOnly
          value={props.url}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </Field>
  );
}

/** Copies a link, and says whether it did. */
export function CopyButton(props: { url: string; small?: boolean }): JSX.Element {
  const copy = () => {
    const copying =
      navigator.clipboard?.writeText(props.url) ?? Promise.reject(new Error("no clipboard"));
    copying.then(
      () => toast(t("copied")),
      () => toast(t("failed"), "error"),
    );
  };
  return (
    <Button kind="primary" icon="copy" small={props.small ?? false} onPress={copy}>
      {t("copy")}
    </Button>
  );
}
