import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { useResource } from "../resource";
import { Button, FormFrame, Load, ProblemNotice, TextInput } from "../ui";
import { CodeForm } from "./CodeForm";
import { t } from "./words";

type Address = Schema<"MailAddress">;

/** Where one's mail goes, and how to have it go elsewhere: by a code that is sent there. */
export default function MailAddress(): JSX.Element {
  const address = useResource(() => ok(api.GET("/mail-address")), []);
  return (
    <section class="stack stack-small">
      <h3>{t("mail")}</h3>
      <Load from={address} rows={1}>
        {(now) =>
          now.sends ? (
            <Sending now={now} onChanged={address.reload} />
          ) : (
            <p class="muted">{t("mailOff")}</p>
          )
        }
      </Load>
    </section>
  );
}

interface Props {
  readonly now: Address;
  readonly onChanged: () => void;
}

function Sending({ now, onChanged }: Props): JSX.Element {
  const forget = useAct(
    (key) => ok(api.DELETE("/mail-address", { headers: once(key) })),
    onChanged,
  );
  return (
    <>
      <p class={now.address ? "account-mail" : "muted"}>
        {now.address ? <bdi>{now.address}</bdi> : t("mailNowhere")}
      </p>
      {now.claimed && (
        <CodeForm
          claimed={now.claimed}
          send={(code, key) =>
            ok(api.POST("/mail-address/confirmation", { body: { code }, headers: once(key) }))
          }
          confirmed={t("mailConfirmed")}
          onChanged={onChanged}
        />
      )}
      <details>
        <summary>{now.address ? t("mailElsewhere") : t("mailGive")}</summary>
        <AddressForm onChanged={onChanged} />
        {now.confirmed && (
          <>
            {forget.problem && <ProblemNotice problem={forget.problem} />}
            <Button busy={forget.busy} onPress={() => forget.run()}>
              {t("mailForget")}
            </Button>
          </>
        )}
      </details>
    </>
  );
}

function AddressForm({ onChanged }: Pick<Props, "onChanged">): JSX.Element {
  const form = useForm({
    initial: { address: "" },
    validate: ({ address }) =>
      address.includes("@") ? [] : [{ pointer: "/address", detail: t("mailAsk") }],
    send: ({ address }, key) =>
      ok(
        api.POST("/mail-address/claim", {
          body: { address: address.trim() },
          headers: once(key),
        }),
      ),
    onSent: () => {
      form.discard();
      onChanged();
    },
  });
  return (
    <FormFrame form={form} submit={t("mailSendCode")}>
      <TextInput
        label={t("mailAddress")}
        type="email"
        autocomplete="email"
        maxLength={200}
        {...form.field("/address")}
      />
    </FormFrame>
  );
}
