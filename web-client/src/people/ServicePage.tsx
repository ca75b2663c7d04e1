import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import { setQuery, useAddress } from "../router";
import {
  Actions,
  Button,
  Card,
  FormFrame,
  LinkButton,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Select,
  Stack,
  Table,
  TextInput,
  toast,
  TwoPane,
  When,
} from "../ui";
import { locale } from "../time";
import { hoursNumber, hoursText, wholeUpTo } from "./days";
import { t } from "./words";

type Service = Schema<"VolunteerService">;

/** What a volunteer has given, their share, and what helps after a hard case. */
export function ServicePage(): JSX.Element {
  const thisYear = new Date().getFullYear();
  const asked = Number(useAddress().query.get("year"));
  const year = asked > 2000 && asked <= thisYear ? asked : thisYear;
  const service = useResource(
    () => ok(api.GET("/volunteer-service", { params: { query: { year } } })),
    [year],
    { live: "volunteer" },
  );
  return (
    <Page title={t("service")} lead={t("serviceLead")} width="wide">
      <Load from={service} rows={6}>
        {(value) => (
          <TwoPane
            main={<Given service={value} thisYear={thisYear} />}
            side={
              <Stack>
                <Certificate year={year} />
                <Care service={value} reload={service.reload} />
              </Stack>
            }
          />
        )}
      </Load>
    </Page>
  );
}

function Given({ service, thisYear }: { service: Service; thisYear: number }): JSX.Element {
  const years = [0, 1, 2, 3].map((ago) => String(thisYear - ago));
  const { share } = service;
  return (
    <Stack>
      <Select
        label={t("year")}
        value={String(service.year)}
        options={years.map((value) => ({ value, label: value }))}
        onChange={(year) => setQuery({ year })}
      />
      <Card
        title={t("hoursGiven", { hours: hoursNumber(service.minutes) })}
        actions={
          <a href={`/api/v1/volunteer-service/csv?year=${service.year}`} download>
            {t("csv")}
          </a>
        }
      >
        <p>
          {t("consultsTaken", { count: service.consults })}. {t("writingLead")}
        </p>
        <Table
          caption={t("service")}
          rows={service.months}
          rowKey={({ month }) => month}
          columns={[
            { label: t("month"), cell: ({ month }) => monthText(month) },
            { label: t("consults"), figures: true, cell: ({ consults }) => consults },
            { label: t("calls"), figures: true, cell: ({ calls }) => calls },
            {
              label: t("callTime"),
              figures: true,
              cell: ({ callMinutes }) => hoursText(callMinutes),
            },
            {
              label: t("onCallTime"),
              figures: true,
              cell: ({ onCallMinutes }) => hoursText(onCallMinutes),
            },
          ]}
        />
      </Card>
      {share.weeks.length > 0 && (
        <Card title={t("share")}>
          <p>{t("shareWeeks", { weeks: share.weeks.join(comma()), usual: String(share.usual) })}</p>
        </Card>
      )}
    </Stack>
  );
}

function monthText(month: string): string {
  return new Intl.DateTimeFormat(locale(), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-15T12:00:00Z`));
}

function Certificate({ year }: { year: number }): JSX.Element {
  const [code, setCode] = useState<string>();
  const issue = useAct(
    (key, of: number) =>
      ok(api.POST("/service-certificates", { body: { year: of }, headers: once(key) })),
    (made) => setCode(made.code),
  );
  return (
    <Card title={t("certificate")}>
      <p class="muted small">{t("certificateLead")}</p>
      {issue.problem && <ProblemNotice problem={issue.problem} />}
      {code ? (
        <Actions>
          <LinkButton kind="primary" href={`/certificate?code=${code}`}>
            {t("show")}
          </LinkButton>
        </Actions>
      ) : (
        <Actions>
          <Button busy={issue.busy} onPress={() => issue.run(year)}>
            {t("issue", { year: String(year) })}
          </Button>
        </Actions>
      )}
    </Card>
  );
}

function Care({ service, reload }: { service: Service; reload: () => void }): JSX.Element {
  const { ease, hardCases, peerSupport } = service;
  const answer = useAct(
    (key, consultId: string) =>
      ok(
        api.POST("/consults/{consultId}/hard-case-answer", {
          params: { path: { consultId } },
          headers: once(key),
        }),
      ),
    reload,
  );
  const end = useAct((key) => ok(api.DELETE("/volunteer-ease", { headers: once(key) })), reload);
  const problem = answer.problem ?? end.problem;
  return (
    <Card title={t("care")}>
      <Stack>
        {hardCases.map(({ consultId, at, marked }) => (
          <Notice
            key={consultId}
            action={
              <Button small busy={answer.busy} onPress={() => answer.run(consultId)}>
                {t("notNow")}
              </Button>
            }
          >
            <a href={`/specialist/consults/${consultId}`}>{t("hardAt")}</a>, <When at={at} />.{" "}
            {marked && t("hardMarked")}
          </Notice>
        ))}
        {peerSupport && (
          <p>
            <strong>{t("talk")}:</strong> <bdi>{peerSupport}</bdi>
          </p>
        )}
        {problem && <ProblemNotice problem={problem} />}
        {ease ? (
          <>
            <p>
              {t("easeNow", { cap: String(ease.weeklyCap) })} <When at={ease.until} />
            </p>
            <Actions>
              <Button busy={end.busy} onPress={() => end.run()}>
                {t("easeEnd")}
              </Button>
            </Actions>
          </>
        ) : (
          <EaseForm reload={reload} />
        )}
      </Stack>
    </Card>
  );
}

function EaseForm({ reload }: { reload: () => void }): JSX.Element {
  const form = useForm({
    initial: { weeklyCap: "0", until: "" },
    validate: ({ weeklyCap, until }) => [
      ...(wholeUpTo(weeklyCap, 100) === undefined
        ? [{ pointer: "/weeklyCap", detail: t("number100") }]
        : []),
      ...(until ? [] : [{ pointer: "/until", detail: t("askDay") }]),
    ],
    send: ({ weeklyCap, until }, key) =>
      ok(
        api.PUT("/volunteer-ease", {
          body: { weeklyCap: wholeUpTo(weeklyCap, 100) ?? 0, until },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("saved"));
      reload();
    },
  });
  return (
    <FormFrame form={form} submit={t("ease")}>
      <p class="muted small">{t("careLead")}</p>
      <TextInput
        label={t("easeCap")}
        hint={t("easeCapHint")}
        inputMode="numeric"
        {...form.field("/weeklyCap")}
      />
      <TextInput label={t("easeUntil")} type="date" {...form.field("/until")} />
    </FormFrame>
  );
}
