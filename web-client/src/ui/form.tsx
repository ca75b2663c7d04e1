import type { ComponentChildren, JSX } from "preact";
import type { Form } from "../form";
import { messages } from "../i18n/messages";
import { Button } from "./button";
import { Notice } from "./notice";

const t = messages("form", {
  restored: "This is what you typed before, kept on this device. It has not been sent.",
  discard: "Start again",
});

/** The frame of a form: draft notice on top, fields, why sending failed, and the buttons. */
export function FormFrame<T>(props: {
  form: Form<T>;
  /** Words of the button that sends. */
  submit: string;
  /** Beside the submit button: cancel, save for later. */
  others?: ComponentChildren;
  danger?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const { form } = props;
  const fields = <div class="stack">{props.children}</div>;
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      {form.state.restored && (
        <Notice
          action={
            <Button small onPress={form.discard}>
              {t("discard")}
            </Button>
          }
        >
          {t("restored")}
        </Notice>
      )}
      {fields}
      {form.notice && (
        <Notice tone="error" form>
          {form.notice}
        </Notice>
      )}
      <div class="actions">
        {props.others}
        <Button type="submit" kind={props.danger ? "danger" : "primary"} busy={form.busy}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}
