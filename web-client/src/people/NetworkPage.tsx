import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { languageName, useSpecialtyName } from "../consult";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import {
  Button,
  Card,
  Dialog,
  Disclosure,
  EmptyState,
  FormFrame,
  Load,
  Page,
  ProblemNotice,
  Row,
  Stack,
  Table,
  TextArea,
  TextInput,
  toast,
  When,
} from "../ui";
import { type Credential, Credentials, StatusBadge } from "./Credentials";
import { AGE_GROUPS } from "./apply";
import { countryText } from "./days";
import { Trainees } from "./Trainees";
import { t } from "./words";

type Profile = Schema<"VolunteerProfile">;

/** What needs a reason that the volunteer reads. */
type Why =
  | { readonly act: "refusal" | "end"; readonly whom: Profile }
  | { readonly act: "revocation"; readonly whom: Profile; readonly credential: Credential };

/** The administrator's volunteers: applications first, then everybody with their licences. */
export function NetworkPage(): JSX.Element {
  const people = useResource(() => ok(api.GET("/network-volunteers")), [], { live: "volunteer" });
  return (
    <Page title={t("network")} lead={t("networkLead")} width="wide">
      <Stack>
        <Load from={people} rows={6}>
          {({ items }) => <People items={items} reload={people.reload} />}
        </Load>
        <Trainees />
        <Support />
      </Stack>
    </Page>
  );
}

function People(props: { items: readonly Profile[]; reload: () => void }): JSX.Element {
  const applied = props.items.filter(({ status }) => status === "applied");
  const others = props.items.filter(({ status }) => status !== "applied");
  if (props.items.length === 0) {
    return (
      <EmptyState icon="people" title={t("none")}>
        {t("noneLead")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      {applied.length > 0 && (
        <Card title={t("applications")} tone="blue">
          <Rows caption={t("applications")} items={applied} reload={props.reload} />
        </Card>
      )}
      {others.length > 0 && <Rows caption={t("everybody")} items={others} reload={props.reload} />}
    </Stack>
  );
}

function Rows(props: {
  caption: string;
  items: readonly Profile[];
  reload: () => void;
}): JSX.Element {
  const [why, setWhy] = useState<Why>();
  const act = useAct(
    (key, volunteerId: string, what: "activation" | "pause" | "return") => {
      const params = { path: { volunteerId } };
      const headers = once(key);
      switch (what) {
        case "activation":
          return ok(api.POST("/volunteers/{volunteerId}/activation", { params, headers }));
        case "pause":
          return ok(api.POST("/volunteers/{volunteerId}/pause", { params, headers, body: {} }));
        case "return":
          return ok(api.POST("/volunteers/{volunteerId}/return", { params, headers }));
      }
    },
    () => {
      toast(t("done"));
      props.reload();
    },
  );
  const verify = useAct(
    (key, volunteerId: string, credentialId: string) =>
      ok(
        api.POST("/volunteers/{volunteerId}/credentials/{credentialId}/verification", {
          params: { path: { volunteerId, credentialId } },
          headers: once(key),
        }),
      ),
    props.reload,
  );
  const problem = act.problem ?? verify.problem;
  return (
    <Stack>
      {problem && <ProblemNotice problem={problem} />}
      <Table
        caption={props.caption}
        rows={props.items}
        rowKey={({ id }) => id}
        columns={[
          { label: t("name"), cell: (one) => <Who one={one} /> },
          {
            label: t("standing"),
            cell: (one) => (
              <span>
                <StatusBadge status={one.status} />
                {one.backAt && (
                  <span class="muted small">
                    {" "}
                    {t("backAt")}: <When at={one.backAt} />
                  </span>
                )}
                {one.statusReason && (
                  <>
                    <br />
                    <span class="muted small">{one.statusReason}</span>
                  </>
                )}
              </span>
            ),
          },
          {
            label: t("licences"),
            cell: (one) => (
              <Credentials
                credentials={one.credentials}
                acts={(credential) => (
                  <>
                    {(credential.state === "claimed" || credential.state === "revoked") && (
                      <Button
                        small
                        busy={verify.busy}
                        label={t("verifyLabel", { number: credential.number, name: one.name })}
                        onPress={() => verify.run(one.id, credential.id)}
                      >
                        {t("verify")}
                      </Button>
                    )}
                    {credential.state !== "revoked" && credential.state !== "expired" && (
                      <Button
                        small
                        label={t("revokeLabel", { number: credential.number, name: one.name })}
                        onPress={() => setWhy({ act: "revocation", whom: one, credential })}
                      >
                        {t("revoke")}
                      </Button>
                    )}
                  </>
                )}
              />
            ),
          },
          {
            label: t("acts"),
            cell: (one) => (
              <Row>
                {one.status === "applied" && (
                  <>
                    <Button
                      small
                      kind="primary"
                      busy={act.busy}
                      onPress={() => act.run(one.id, "activation")}
                    >
                      {t("activate")}
                    </Button>
                    <Button small onPress={() => setWhy({ act: "refusal", whom: one })}>
                      {t("refuse")}
                    </Button>
                  </>
                )}
                {one.status === "active" && (
                  <Button small busy={act.busy} onPress={() => act.run(one.id, "pause")}>
                    {t("pauseAct")}
                  </Button>
                )}
                {one.status === "paused" && (
                  <Button small busy={act.busy} onPress={() => act.run(one.id, "return")}>
                    {t("returnAct")}
                  </Button>
                )}
                {one.status !== "applied" && one.status !== "ended" && (
                  <Button small onPress={() => setWhy({ act: "end", whom: one })}>
                    {t("end")}
                  </Button>
                )}
              </Row>
            ),
          },
        ]}
      />
      {why && (
        <WhyDialog
          why={why}
          onClose={() => setWhy(undefined)}
          onDone={() => {
            setWhy(undefined);
            toast(t("done"));
            props.reload();
          }}
        />
      )}
    </Stack>
  );
}

function Who({ one }: { one: Profile }): JSX.Element {
  const specialtyName = useSpecialtyName();
  return (
    <span>
      <strong>
        <bdi>{one.name}</bdi>
      </strong>
      <br />
      <span class="muted small">
        {[
          countryText(one.country),
          one.specialties.map(({ code, label }) => specialtyName(code, label)).join(comma()),
          one.languages.map(({ code }) => languageName(code)).join(comma()),
        ]
          .filter((part) => part)
          .join(" · ")}
      </span>
      {one.status === "applied" && (
        <Disclosure summary={t("details")}>
          <ul>
            {given(one).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </span>
  );
}

/** What an applicant offers, a line each. */
function given(one: Profile): string[] {
  return [
    ...one.specialties.map(
      ({ label, ageGroups }) =>
        `${label}: ${AGE_GROUPS.filter((group) => ageGroups.includes(group))
          .map((group) => t(group))
          .join(comma())}`,
    ),
    ...one.languages.map(
      ({ code, level, needsInterpreter }) =>
        `${languageName(code)}: ${t(level)}${needsInterpreter ? `${comma()}${t("interpreterWanted")}` : ""}`,
    ),
    `${t("capLine", { count: one.weeklyCap })}, ${t(one.redCalls ? "redLine" : "noRedLine")}${comma()}${t("restLine", { count: one.restHours })}`,
  ];
}

function WhyDialog(props: { why: Why; onClose: () => void; onDone: () => void }): JSX.Element {
  const { why } = props;
  const form = useForm({
    initial: { reason: "" },
    validate: ({ reason }) =>
      reason.trim() ? [] : [{ pointer: "/reason", detail: t("askReason") }],
    send: ({ reason }, key) => send(why, reason.trim(), key),
    onSent: props.onDone,
  });
  return (
    <Dialog title={why.whom.name} onClose={props.onClose}>
      <FormFrame
        form={form}
        submit={t("confirm")}
        danger
        others={<Button onPress={props.onClose}>{t("keep")}</Button>}
      >
        <TextArea
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
      </FormFrame>
    </Dialog>
  );
}

function send(why: Why, reason: string, key: string): Promise<Profile> {
  const volunteerId = why.whom.id;
  const body = { reason };
  const headers = once(key);
  switch (why.act) {
    case "refusal":
      return ok(
        api.POST("/volunteers/{volunteerId}/refusal", {
          params: { path: { volunteerId } },
          body,
          headers,
        }),
      );
    case "end":
      return ok(
        api.POST("/volunteers/{volunteerId}/end", {
          params: { path: { volunteerId } },
          body,
          headers,
        }),
      );
    case "revocation":
      return ok(
        api.POST("/volunteers/{volunteerId}/credentials/{credentialId}/revocation", {
          params: { path: { volunteerId, credentialId: why.credential.id } },
          body,
          headers,
        }),
      );
  }
}

function Support(): JSX.Element {
  const support = useResource(() => ok(api.GET("/peer-support")), []);
  return (
    <Card title={t("support")}>
      <p class="muted small">{t("supportLead")}</p>
      <Load from={support} rows={1}>
        {({ line }) => <SupportForm key={line} line={line ?? ""} onSaved={support.reload} />}
      </Load>
    </Card>
  );
}

function SupportForm(props: { line: string; onSaved: () => void }): JSX.Element {
  const form = useForm({
    initial: { line: props.line },
    validate: ({ line }) =>
      line.trim().length < 3 ? [{ pointer: "/line", detail: t("askReason") }] : [],
    send: ({ line }, key) =>
      ok(api.PUT("/peer-support", { body: { line: line.trim() }, headers: once(key) })),
    onSent: () => {
      toast(t("saved"));
      props.onSaved();
    },
  });
  return (
    <FormFrame form={form} submit={t("save")}>
      <TextInput label={t("supportLine")} maxLength={300} {...form.field("/line")} />
    </FormFrame>
  );
}
