import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once } from "../api/client";
import { Problem } from "../api/problem";
import { useForm } from "../form";
import { unsentHere } from "../offline/accounts";
import { accountOnDevice } from "../offline/vault";
import { giveUp, type Me } from "../session";
import { Button, FormFrame, Notice, ProblemNotice, Select, TextInput } from "../ui";
import { toast } from "../ui/toast";
import { dropPin, forgetMe, NotYet, setPin } from "./entry";
import { chooseIdleMinutes, IDLE_MINUTES, idleMinutes, pinChanged } from "./idle";
import { isPin, isTrivial, PIN_DIGITS } from "./pin";
import { t } from "./words";

/** One's PIN on this device; with `leaving`, also how one leaves this device, or all of them. */
export default function PinSettings({ me, leaving }: { me: Me; leaving?: boolean }): JSX.Element {
  const account = me.account.id;
  const [has, setHas] = useState<boolean>();
  const [changing, setChanging] = useState(false);
  const look = async (): Promise<void> => {
    setHas((await accountOnDevice(account))?.pin !== undefined);
    setChanging(false);
    await pinChanged();
  };
  useEffect(() => void look(), []);
  const drop = useAct(
    () => dropPin(account),
    () => {
      toast(t("dropped"));
      void look();
    },
  );
  return (
    <section class="stack stack-small">
      <h3>{t("title")}</h3>
      <p class="muted">{has ? t("has") : t("lead")}</p>
      {has === false || changing ? (
        <NewPin me={me} onSet={() => void look()} />
      ) : (
        <>
          <Minutes />
          {drop.problem && <ProblemNotice problem={drop.problem} />}
          <div class="actions">
            <Button busy={drop.busy} onPress={() => drop.run()}>
              {t("drop")}
            </Button>
            <Button onPress={() => setChanging(true)}>{t("change")}</Button>
          </div>
        </>
      )}
      {leaving && <Leaving />}
    </section>
  );
}

function NewPin({ me, onSet }: { me: Me; onSet: () => void }): JSX.Element {
  const form = useForm({
    initial: { pin: "", again: "", password: "" },
    validate: ({ pin, again, password }) => [
      ...(!isPin(pin) ? [{ pointer: "/pin", detail: t("needed") }] : []),
      ...(isPin(pin) && isTrivial(pin) ? [{ pointer: "/pin", detail: t("trivial") }] : []),
      ...(pin === again ? [] : [{ pointer: "/again", detail: t("differs") }]),
      ...(password === "" ? [{ pointer: "/password", detail: t("passwordNeeded") }] : []),
    ],
    send: ({ pin, password }) => setPin(me, pin, password).catch(sayWhy),
    onSent: () => {
      form.discard();
      toast(t("isSet"));
      onSet();
    },
  });
  const { error, ...password } = form.field("/password");
  const digits = { type: "password", inputMode: "numeric", maxLength: PIN_DIGITS } as const;
  return (
    <FormFrame form={form} submit={t("set")}>
      <TextInput label={t("newPin")} {...digits} {...form.field("/pin")} />
      <TextInput label={t("again")} {...digits} {...form.field("/again")} />
      <TextInput
        label={t("yourPassword")}
        type="password"
        autocomplete="current-password"
        {...password}
        // The server's own sentence is English.
        error={error && (password.value === "" ? t("passwordNeeded") : t("passwordWrong"))}
      />
    </FormFrame>
  );
}

function sayWhy(error: unknown): never {
  if (!(error instanceof NotYet)) throw error;
  throw new Problem({ kind: "answered", status: 409, code: "not-yet", sentence: t("sendFirst") });
}

function Minutes(): JSX.Element {
  const [minutes, setMinutes] = useState(idleMinutes());
  return (
    <Select
      label={t("idle")}
      value={String(minutes)}
      options={IDLE_MINUTES.map((count) => ({
        value: String(count),
        label: t("minutes", { count }),
      }))}
      onChange={(chosen) => {
        setMinutes(Number(chosen));
        chooseIdleMinutes(Number(chosen));
      }}
    />
  );
}

function Leaving(): JSX.Element {
  const [unsent, setUnsent] = useState<number>();
  const forget = useAct(() => forgetMe());
  const everywhere = useAct(
    (key) => ok(api.DELETE("/sessions", { headers: once(key) })),
    () => void giveUp(),
  );
  const problem = forget.problem ?? everywhere.problem;
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {unsent === undefined ? (
        <Button onPress={() => void unsentHere().then(setUnsent)}>{t("forget")}</Button>
      ) : (
        <Notice
          tone="warning"
          action={
            <Button kind="danger" busy={forget.busy} onPress={() => forget.run()}>
              {t("forgetNow")}
            </Button>
          }
        >
          {t("forgetLead")}
          {unsent > 0 && ` ${t("unsent", { count: unsent })}`}
        </Notice>
      )}
      <Button busy={everywhere.busy} onPress={() => everywhere.run()}>
        {t("everywhere")}
      </Button>
      <p class="muted small">{t("everywhereLead")}</p>
    </>
  );
}
