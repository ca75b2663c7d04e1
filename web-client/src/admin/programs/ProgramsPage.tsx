import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once } from "../../api/client";
import { useForm } from "../../form";
import { useResource } from "../../resource";
import {
  Badge,
  Button,
  Card,
  Choice,
  Dialog,
  Disclosure,
  EmptyState,
  FormFrame,
  Load,
  Page,
  ProblemNotice,
  Stack,
  TextArea,
  TextInput,
  toast,
  When,
} from "../../ui";
import {
  endOf,
  keyIn,
  type Months,
  type Program,
  type Rights,
  scopesOf,
  standing,
} from "./programs";
import { t } from "./words";
import "./programs.css";

/** Other systems that act for the organisation: registered, looked at, taken back. */
export default function ProgramsPage(): JSX.Element {
  const programs = useResource(() => ok(api.GET("/programs")), []);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack>
        <Disclosure summary={t("add")}>
          <Register onRegistered={programs.reload} />
        </Disclosure>
        <Load from={programs} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon="screen" title={t("none")}>
                {t("noneLead")}
              </EmptyState>
            ) : (
              items.map((program) => (
                <ProgramCard key={program.id} program={program} onRevoked={programs.reload} />
              ))
            )
          }
        </Load>
        <Disclosure summary={t("how")}>
          <p>{t("howText", { address: `${location.origin}/oauth/token` })}</p>
        </Disclosure>
      </Stack>
    </Page>
  );
}

function ProgramCard(props: { program: Program; onRevoked: () => void }): JSX.Element {
  const { program } = props;
  const [asking, setAsking] = useState(false);
  const state = standing(program, Date.now());
  return (
    <Card title={<bdi>{program.name}</bdi>}>
      <Stack>
        <p>
          <Badge tone={state === "active" ? "green" : "neutral"}>{t(state)}</Badge>
        </p>
        <dl class="program-facts">
          <dt>{t("id")}</dt>
          <dd>
            <code>{program.id}</code>
          </dd>
          <dt>{t("may")}</dt>
          <dd>
            <code>{program.scopes.join(" ")}</code>
          </dd>
          <dt>{t("until")}</dt>
          <dd>
            <When at={program.expiresAt} />
          </dd>
          <dt>{t("used")}</dt>
          <dd>{program.usedAt ? <When at={program.usedAt} /> : t("neverUsed")}</dd>
        </dl>
        {state === "active" && (
          <div class="actions">
            <Button
              small
              label={t("revokeLabel", { name: program.name })}
              onPress={() => setAsking(true)}
            >
              {t("revoke")}
            </Button>
          </div>
        )}
      </Stack>
      {asking && (
        <RevokeDialog
          program={program}
          onClose={() => setAsking(false)}
          onRevoked={() => {
            setAsking(false);
            props.onRevoked();
          }}
        />
      )}
    </Card>
  );
}

function RevokeDialog(props: {
  program: Program;
  onClose: () => void;
  onRevoked: () => void;
}): JSX.Element {
  const { id, name } = props.program;
  const revoke = useAct(
    (key) =>
      ok(
        api.POST("/programs/{programId}/revocation", {
          params: { path: { programId: id } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("revokedNow", { name }));
      props.onRevoked();
    },
  );
  return (
    <Dialog
      title={t("revokeTitle", { name })}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{t("keep")}</Button>
          <Button kind="danger" busy={revoke.busy} onPress={() => revoke.run()}>
            {t("revoke")}
          </Button>
        </>
      }
    >
      <p>{t("revokeLead")}</p>
      {revoke.problem && <ProblemNotice problem={revoke.problem} />}
    </Dialog>
  );
}

function Register(props: { onRegistered: () => void }): JSX.Element {
  const form = useForm({
    initial: {
      name: "",
      publicKey: "",
      rights: "everything" as Rights,
      scopes: "",
      months: "12" as Months,
    },
    validate: ({ name, publicKey, rights, scopes }) => [
      ...(name.trim() ? [] : [{ pointer: "/name", detail: t("askName") }]),
      ...(keyIn(publicKey) ? [] : [{ pointer: "/publicKey", detail: t("askKey") }]),
      ...(scopesOf(rights, scopes).length > 0
        ? []
        : [{ pointer: "/scopes", detail: t("askScopes") }]),
    ],
    send: ({ name, publicKey, rights, scopes, months }, key) =>
      ok(
        api.POST("/programs", {
          body: {
            name: name.trim(),
            publicKey: keyIn(publicKey) ?? {},
            scopes: scopesOf(rights, scopes),
            expiresAt: endOf(months, new Date()),
          },
          headers: once(key),
        }),
      ),
    onSent: ({ name }) => {
      toast(t("registered", { name }));
      form.discard();
      props.onRegistered();
    },
  });
  return (
    <FormFrame form={form} submit={t("register")}>
      <TextInput label={t("name")} hint={t("nameHint")} maxLength={100} {...form.field("/name")} />
      <TextArea
        label={t("key")}
        hint={t("keyHint")}
        placeholder={'{"kty":"OKP","crv":"Ed25519","x":"…"}'}
        {...form.field("/publicKey")}
      />
      <Choice
        label={t("rights")}
        layout="list"
        options={[
          { value: "everything", label: t("everything"), hint: "system/*.rs" },
          { value: "patients", label: t("patients"), hint: "system/Patient.rs" },
          { value: "own", label: t("own") },
        ]}
        {...form.field("/rights")}
      />
      {form.values.rights === "own" && (
        <TextInput label={t("scopes")} hint={t("scopesHint")} {...form.field("/scopes")} />
      )}
      <Choice
        label={t("months")}
        options={[
          { value: "3", label: t("threeMonths") },
          { value: "12", label: t("oneYear") },
          { value: "24", label: t("twoYears") },
        ]}
        {...form.field("/months")}
      />
    </FormFrame>
  );
}
