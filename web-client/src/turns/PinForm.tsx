import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { TextInput } from "../ui/textField";
import { enter, type Refused } from "./entry";
import { isPin, PIN_DIGITS } from "./pin";
import { t } from "./words";

/** Asks one person for their PIN; once it is good they are in. */
export default function PinForm(props: {
  account: string;
  /** The PIN opens nothing any more. */
  onOver: () => void;
}): JSX.Element {
  const [pin, setPin] = useState("");
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => {
    if (said !== undefined) field.current?.querySelector("input")?.focus();
  }, [said]);

  async function submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (busy) return;
    if (!isPin(pin)) return setSaid(t("needed"));
    setBusy(true);
    setSaid(undefined);
    const refused = await enter(props.account, pin);
    setBusy(false);
    if (!refused) return;
    setPin("");
    if (refused.kind === "over") props.onOver();
    else setSaid(sentence(refused));
  }

  return (
    <form class="stack" noValidate ref={field} onSubmit={(event) => void submit(event)}>
      {said !== undefined && (
        <Notice tone="error" form>
          {said}
        </Notice>
      )}
      <TextInput
        label={t("pin")}
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={PIN_DIGITS}
        autofocus
        value={pin}
        onChange={setPin}
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {t("open")}
      </Button>
    </form>
  );
}

function sentence(refused: Exclude<Refused, { kind: "over" }>): string {
  switch (refused.kind) {
    case "wrong":
      return t("wrong", { count: refused.triesLeft });
    case "no-link":
      return t("noLink");
    case "problem":
      return refused.problem.sentence;
  }
}
