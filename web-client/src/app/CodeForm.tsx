import type { JSX } from "preact";
import { useForm } from "../form";
import { FormFrame, TextInput, toast } from "../ui";
import { t } from "./words";

/** Takes the code that was sent to an address or a telephone. */
export function CodeForm(props: {
  claimed: string;
  send: (code: string, key: string) => Promise<unknown>;
  /** What is said when it was the right one. */
  confirmed: string;
  onChanged: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { code: "" },
    send: ({ code }, key) => props.send(code.trim(), key),
    onSent: () => {
      toast(props.confirmed);
      props.onChanged();
    },
  });
  return (
    <FormFrame form={form} submit={t("mailConfirm")}>
      <TextInput
        label={t("mailCode", { address: props.claimed })}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={20}
        {...form.field("/code")}
      />
    </FormFrame>
  );
}
