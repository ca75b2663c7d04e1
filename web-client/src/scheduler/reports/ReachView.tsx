import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { languageName } from "../../consult";
import { day } from "../../time";
import { Card, Disclosure, Icon, Stack, Table } from "../../ui";
import { BarPlot } from "./BarPlot";
import { hourText, minutes, percent } from "./figures";
import { groupingName } from "./TimesView";
import { t } from "./words";

type Reach = Schema<"ReachReport">;
type Reached = Reach["groups"][number];

const BLOCK_HOURS = 3;
const NAMES_SHOWN = 12;

/** Who is not being reached, in sentences first. */
export function ReachView({ report }: { report: Reach }): JSX.Element {
  const { about, groups } = report;
  const behind = groups.filter((group) => group.behind);
  return (
    <Stack>
      <Card title={t("behindTitle")}>
        {behind.length === 0 ? (
          <p>{t("behindNone")}</p>
        ) : (
          <>
            <ul class="report-sentences">
              {behind.map((group) => (
                <li key={`${group.kind} ${group.key}`}>
                  <Icon name="warning" />
                  <span>{behindText(group)}</span>
                </li>
              ))}
            </ul>
            <p class="muted small">{t("behindHow")}</p>
          </>
        )}
        {groups.length > 0 && (
          <Disclosure summary={t("allGroups")}>
            <Table
              caption={t("allGroups")}
              rows={groups}
              rowKey={({ kind, key }) => `${kind} ${key}`}
              columns={[
                { label: t("kind"), cell: ({ kind }) => groupingName(kind, about.scope) },
                { label: t("group"), cell: (group) => <bdi>{nameOf(group)}</bdi> },
                { label: t("due"), figures: true, cell: ({ due }) => due },
                {
                  label: t("late"),
                  figures: true,
                  cell: ({ late, lateShare }) => `${late ?? t("few")} (${percent(lateShare)})`,
                },
                { label: t("never"), figures: true, cell: ({ never }) => never ?? t("few") },
                {
                  label: t("others"),
                  figures: true,
                  cell: ({ othersLateShare: others }) =>
                    others === undefined ? "–" : percent(others),
                },
                {
                  label: t("median"),
                  figures: true,
                  cell: ({ medianMinutes: median }) =>
                    median === undefined ? "–" : minutes(median),
                },
              ]}
            />
          </Disclosure>
        )}
      </Card>
      {about.scope === "own" && <SilentSites report={report} />}
      <Unasked report={report} />
      <Hours report={report} />
    </Stack>
  );
}

function nameOf({ kind, key, label }: Reached): string {
  if (kind === "language") return languageName(key);
  return label || (kind === "specialty" ? t("noSpecialty") : t("nobodyYet"));
}

function behindText(group: Reached): string {
  const said = {
    label: nameOf(group),
    share: percent(group.lateShare),
    others: percent(group.othersLateShare ?? 0),
  };
  switch (group.kind) {
    case "language":
      return t("behindLanguage", said);
    case "specialty":
      return t("behindSpecialty", said);
    case "organisation":
      return t("behindOrganisation", said);
    default:
      return t("behindSite", said);
  }
}

function SilentSites({ report }: { report: Reach }): JSX.Element {
  return (
    <Card title={t("silentTitle")}>
      {report.silentSites.length === 0 ? (
        <p>{t("silentNone")}</p>
      ) : (
        <ul class="report-list">
          {report.silentSites.map(({ site, lastRequestAt: last }) => (
            <li key={site}>
              {last ? t("silentSince", { site, when: day(last) }) : t("silentNever", { site })}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Unasked({ report }: { report: Reach }): JSX.Element {
  const { about, unasked, specialistsUnasked: count } = report;
  const shown = unasked.slice(0, NAMES_SHOWN);
  return (
    <Card title={t("unaskedTitle")}>
      {count === 0 ? (
        <p>{t("unaskedNone")}</p>
      ) : (
        <>
          <p>{t(about.scope === "own" ? "unaskedOwn" : "unaskedHelped", { count })}</p>
          <ul class="report-names">
            {shown.map(({ specialist, organisation, lastOfferAt: last }) => (
              <li key={specialist.id}>
                <strong>
                  <bdi>{specialist.name}</bdi>
                </strong>
                <span class="muted small">
                  {about.scope === "own" && `${organisation} · `}
                  {last ? t("lastAsked", { when: day(last) }) : t("neverAsked")}
                </span>
              </li>
            ))}
          </ul>
          {count > shown.length && (
            <p class="muted small">{t("andMore", { count: count - shown.length })}</p>
          )}
        </>
      )}
    </Card>
  );
}

function Hours({ report }: { report: Reach }): JSX.Element {
  const { hours } = report;
  const behind = hours.filter((block) => block.behind);
  const sent = hours.some(({ offers }) => offers > 0);
  return (
    <Card title={t("hoursTitle")}>
      {!sent ? (
        <p>{t("hoursEmpty")}</p>
      ) : (
        <>
          {behind.length === 0 ? (
            <p>{t("hoursNone")}</p>
          ) : (
            <ul class="report-sentences">
              {behind.map(({ fromHour, offers, expired }) => (
                <li key={fromHour}>
                  <Icon name="clock" />
                  <span>
                    {t("hoursBehind", {
                      from: hourText(fromHour),
                      to: hourText(fromHour + BLOCK_HOURS),
                      offers,
                      expired,
                    })}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <p class="muted small">{t("hoursLead")}</p>
          <BarPlot
            label={t("hoursTitle")}
            full={1}
            brief
            rows={hours.map(({ fromHour, offers, expired, behind: strong }) => ({
              key: String(fromHour),
              label: t("hoursRow", {
                from: hourText(fromHour),
                to: hourText(fromHour + BLOCK_HOURS),
              }),
              figure: {
                median: offers === 0 ? undefined : expired / offers,
                p90: undefined,
              },
              words: offers === 0 ? t("hoursNoOffers") : t("hoursOf", { expired, offers }),
              strong,
            }))}
          />
        </>
      )}
    </Card>
  );
}
