import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { useResource } from "../resource";
import { Button, FormFrame, ProblemNotice, TextInput } from "../ui";
import { CodeForm } from "./CodeForm";
import { t } from "./words";

type Phone = Schema<"PhoneNumber">;

/** One's telephone for short messages, given by a code that is sent to it. */
export default function PhoneNumber(): JSX.Element | null {
  const phone = useResource(() => ok(api.GET("/phone-number")), []);
  const { state } = phone;
  // A server without a gateway has nothing to offer here.
  if (state.kind !== "ready" || !state.value.sends) return null;
  return (
    <section class="stack stack-small">
      <h3>{t("phone")}</h3>
      <Given now={state.value} onChanged={phone.reload} />
    </section>
  );
}

interface Props {
  readonly now: Phone;
  readonly onChanged: () => void;
}

function Given({ now, onChanged }: Props): JSX.Element {
  const forget = useAct(
    (key) => ok(api.DELETE("/phone-number", { headers: once(key) })),
    onChanged,
  );
  return (
    <>
      <p class={now.number ? "account-mail" : "muted"}>
        {now.number ? <bdi dir="ltr">{now.number}</bdi> : t("phoneNone")}
      </p>
      {now.claimed && (
        <CodeForm
          claimed={now.claimed}
          send={(code, key) =>
            ok(api.POST("/phone-number/confirmation", { body: { code }, headers: once(key) }))
          }
          confirmed={t("phoneConfirmed")}
          onChanged={onChanged}
        />
      )}
      <details>
        <summary>{now.number ? t("phoneOther") : t("phoneGive")}</summary>
        <NumberForm onChanged={onChanged} />
        {now.number && (
          <>
            {forget.problem && <ProblemNotice problem={forget.problem} />}
            <Button busy={forget.busy} onPress={() => forget.run()}>
              {t("phoneForget")}
            </Button>
          </>
        )}
      </details>
    </>
  );
}

function NumberForm({ onChanged }: Pick<Props, "onChanged">): JSX.Element {
  const form = useForm({
    initial: { number: "" },
    validate: ({ number }) =>
      /^\s*(\+|00)/.test(number) ? [] : [{ pointer: "/number", detail: t("phoneAsk") }],
    send: ({ number }, key) =>
      ok(api.POST("/phone-number/claim", { body: { number: number.trim() }, headers: once(key) })),
    onSent: () => {
      form.discard();
      onChanged();
    },
  });
  return (
    <FormFrame form={form} submit={t("mailSendCode")}>
      <TextInput
        label={t("phoneNumber")}
        type="tel"
        autocomplete="tel"
        maxLength={40}
        {...form.field("/number")}
      />
    </FormFrame>
  );
}
