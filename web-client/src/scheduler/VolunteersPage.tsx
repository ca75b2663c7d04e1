import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { languageName, timeThere, useSpecialtyName, valueOf } from "../consult";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import { setQuery, useAddress } from "../router";
import { dayAndTime, locale, useNow, zoneCity } from "../time";
import {
  Badge,
  Checkbox,
  EmptyState,
  Load,
  Page,
  Row,
  Select,
  Stack,
  Table,
  TextInput,
} from "../ui";
import { t } from "./volunteerWords";
import { matches } from "./volunteers";
import "./scheduler.css";

type Volunteer = Schema<"Volunteer">;

/** Everybody who helps: where they are, what they know, and when they can be reached. */
export function VolunteersPage(): JSX.Element {
  const { query } = useAddress();
  const kind = (["specialist", "interpreter"] as const).find((one) => one === query.get("kind"));
  const onDuty = query.get("duty") === "yes";
  const search = query.get("search") ?? "";
  const volunteers = useResource(
    () =>
      ok(
        api.GET("/volunteers", {
          params: { query: { ...(kind ? { kind } : {}), ...(onDuty ? { onDuty } : {}) } },
        }),
      ),
    [kind, onDuty],
    { live: "roster" },
  );
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <Stack>
        <div class="directory-filters">
          <TextInput
            label={t("search")}
            type="search"
            optional
            value={search}
            onChange={(text) => setQuery({ search: text || undefined })}
          />
          <Select
            label={t("kind")}
            value={kind ?? ""}
            onChange={(to) => setQuery({ kind: to || undefined })}
            options={[
              { value: "", label: t("everybody") },
              { value: "specialist", label: t("specialists") },
              { value: "interpreter", label: t("interpreters") },
            ]}
          />
          <Checkbox
            label={t("onDutyOnly")}
            value={onDuty}
            onChange={(to) => setQuery({ duty: to ? "yes" : undefined })}
          />
        </div>
        <Load from={volunteers} rows={6}>
          {({ items }) => {
            const shown = items.filter((one) => matches(one, search, languageName));
            return shown.length === 0 ? (
              <EmptyState icon="people" title={t("empty")}>
                {onDuty || search || kind ? t("emptyFiltered") : t("emptyLead")}
              </EmptyState>
            ) : (
              <div class="directory">
                <Directory volunteers={shown} />
              </div>
            );
          }}
        </Load>
      </Stack>
    </Page>
  );
}

function Directory({ volunteers }: { volunteers: readonly Volunteer[] }): JSX.Element {
  const now = useNow();
  const specialtyName = useSpecialtyName();
  const load = valueOf(useResource(() => ok(api.GET("/volunteer-load")), [], { live: "offers" }));
  const weeks = new Map(load?.items.map(({ volunteer, weeks }) => [volunteer.id, weeks]));
  return (
    <Table
      caption={t("title")}
      rows={volunteers}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("name"),
          cell: (one) => (
            <span>
              <strong>
                <bdi>{one.name}</bdi>
              </strong>
              <br />
              <span class="muted small">
                {[one.kind === "interpreter" ? t("interpreter") : undefined, one.organisation]
                  .filter((part) => part)
                  .join(" · ")}
              </span>
            </span>
          ),
        },
        {
          label: t("duty"),
          cell: (one) => (
            <Row>
              {one.status === "paused" && <Badge tone="yellow">{t("paused")}</Badge>}
              {one.status === "suspended" && <Badge tone="red">{t("suspended")}</Badge>}
              <Badge tone={one.onCallNow ? "red" : one.onDutyNow ? "green" : "neutral"}>
                {one.onCallNow ? t("onCall") : one.onDutyNow ? t("onDuty") : t("offDuty")}
              </Badge>
              {!one.onDutyNow && one.nextFree && (
                <span class="muted small">
                  {t("nextFree", { time: dayAndTime(one.nextFree.start, undefined, now) })}
                </span>
              )}
            </Row>
          ),
        },
        {
          label: t("clock"),
          cell: (one) => (
            <span>
              {timeThere(one.zone, now)}
              {one.country && (
                <>
                  <br />
                  <span class="muted small">{countryName(one.country, one.zone)}</span>
                </>
              )}
            </span>
          ),
        },
        {
          label: t("specialties"),
          cell: (one) =>
            one.specialties.map(({ code }) => specialtyName(code)).join(comma()) || "–",
        },
        {
          label: t("languages"),
          cell: (one) =>
            one.languages
              .map(({ code, level }) => `${languageName(code)} (${t(level)})`)
              .join(comma()),
        },
        {
          label: t("lately"),
          figures: true,
          cell: ({ id }) => weeks.get(id)?.join(" · ") ?? "–",
        },
        {
          label: t("load"),
          cell: ({ weeklyCap: cap, openConsults: open }) =>
            cap === undefined
              ? "–"
              : open === undefined
                ? t("cap", { cap })
                : t("loadOf", { open, cap }),
        },
      ]}
    />
  );
}

function countryName(code: string, zone: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code;
  } catch {
    return zoneCity(zone);
  }
}
