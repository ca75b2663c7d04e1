import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, basedOn, ok, once, type Schema } from "../../api/client";
import { useAct } from "../../act";
import { useMe } from "../../consult";
import { useResource } from "../../resource";
import { dayAndTime } from "../../time";
import {
  Actions,
  Button,
  Card,
  EmptyState,
  FieldRow,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Select,
  Stack,
  TextInput,
  toast,
} from "../../ui";
import {
  type Available,
  COMMON_TESTS,
  listOf,
  namesOf,
  type Said,
  saidIn,
  say,
} from "./capability";
import { t } from "./words";

const choices = (): readonly { value: Available | ""; label: string }[] => [
  { value: "", label: t("notSaid") },
  { value: "yes", label: t("yes") },
  { value: "sometimes", label: t("sometimes") },
  { value: "no", label: t("no") },
];

/** Which drugs and tests the site has, kept by its own people. */
export default function CapabilityPage(): JSX.Element {
  const { site } = useMe().membership;
  if (!site) {
    return (
      <Page title={t("nav")}>
        <EmptyState icon="inbox" title={t("noSite")}>
          {t("noSiteLead")}
        </EmptyState>
      </Page>
    );
  }
  return <OfSite site={site} />;
}

function OfSite({ site }: { site: Schema<"SiteRef"> }): JSX.Element {
  const at = { params: { path: { siteId: site.id } } };
  const loaded = useResource(
    async () => ({
      profile: await ok(api.GET("/sites/{siteId}/capabilities", at)),
      formulary: await ok(api.GET("/formulary")),
    }),
    [site.id],
  );
  return (
    <Page title={t("title", { site: site.name })} lead={t("lead")}>
      <Load from={loaded} rows={8}>
        {({ profile, formulary }) => (
          <Lists
            key={profile.version}
            profile={profile}
            drugs={formulary.drugs.map(({ name }) => name)}
            confirm={(content, key) =>
              ok(
                api.PUT("/sites/{siteId}/capabilities", {
                  ...at,
                  body: content,
                  headers: { ...once(key), ...basedOn(profile.version) },
                }),
              )
            }
            onConfirmed={(confirmed) => loaded.replace({ profile: confirmed, formulary })}
          />
        )}
      </Load>
    </Page>
  );
}

function Lists(props: {
  profile: Schema<"CapabilityProfile">;
  drugs: readonly string[];
  confirm: (content: Schema<"Capabilities">, key: string) => Promise<Schema<"CapabilityProfile">>;
  onConfirmed: (profile: Schema<"CapabilityProfile">) => void;
}): JSX.Element {
  const { profile } = props;
  const [drugs, setDrugs] = useState(() => saidIn(profile.drugs));
  const [tests, setTests] = useState(() => saidIn(profile.tests));
  const [find, setFind] = useState("");
  const confirming = useAct(
    (key) => props.confirm({ drugs: listOf(drugs), tests: listOf(tests) }, key),
    (confirmed) => {
      toast(t("confirmed"));
      props.onConfirmed(confirmed);
    },
  );
  return (
    <Stack>
      {profile.outdated && (
        <Notice tone="warning">{profile.version === 0 ? t("never") : t("outdated")}</Notice>
      )}
      {profile.confirmedAt && profile.confirmedBy && (
        <p class="muted">
          {t("confirmedBy", {
            name: profile.confirmedBy.name,
            time: dayAndTime(profile.confirmedAt),
          })}
        </p>
      )}
      <TextInput label={t("find")} type="search" optional value={find} onChange={setFind} />
      <List
        title={t("tests")}
        add={t("addTest")}
        usual={COMMON_TESTS}
        said={tests}
        find={find}
        onSay={setTests}
      />
      <List
        title={t("drugs")}
        add={t("addDrug")}
        usual={props.drugs}
        said={drugs}
        find={find}
        onSay={setDrugs}
      />
      {confirming.problem && (
        <ProblemNotice problem={confirming.problem} onRetry={() => confirming.run()} />
      )}
      <Actions>
        <Button kind="primary" icon="check" busy={confirming.busy} onPress={() => confirming.run()}>
          {t("confirm")}
        </Button>
      </Actions>
    </Stack>
  );
}

function List(props: {
  title: string;
  add: string;
  usual: readonly string[];
  said: Said;
  find: string;
  onSay: (said: Said) => void;
}): JSX.Element {
  const [fresh, setFresh] = useState("");
  const { said } = props;
  return (
    <Card title={props.title}>
      <div class="capability-grid">
        {namesOf(props.usual, said, props.find).map((name) => (
          <Select
            key={name}
            label={name}
            options={choices()}
            value={said[name] ?? ""}
            onChange={(available) => props.onSay(say(said, name, available))}
          />
        ))}
      </div>
      <FieldRow>
        <TextInput label={props.add} optional maxLength={200} value={fresh} onChange={setFresh} />
        <Button
          icon="plus"
          disabled={!fresh.trim()}
          onPress={() => {
            props.onSay(say(said, fresh.trim(), "yes"));
            setFresh("");
          }}
        >
          {t("add")}
        </Button>
      </FieldRow>
    </Card>
  );
}
