import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { useMe } from "../../consult";
import { useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { ownZone, useNow, zoneLabel } from "../../time";
import { Button, EmptyState, Load, Page, Select, Stack } from "../../ui";
import { t as rota } from "../rota/words";
import { useWeeks, WeekSteps } from "../WeekSteps";
import { DropShift, type DroppedShift } from "./DropShift";
import { byDuty, WEEK_DAYS, windowOf } from "./coverage";
import { DutyNow } from "./DutyNow";
import { MONTH_DAYS, MonthGrid } from "./MonthGrid";
import { PlanShift } from "./PlanShift";
import { WeekGrid } from "./WeekGrid";
import { ZoneEdition } from "./ZoneEdition";
import { t } from "./words";
import "../../specialist/roster/roster.css";
import "./grid.css";

type Kind = Schema<"Volunteer">["kind"];
const CLOCKS = ["clinic", "own", "theirs"] as const;

/** A week, or four, of everybody's hours, shifts and bookings; on-call shifts are planned and dropped here. */
export function RosterPage(): JSX.Element {
  const { query } = useAddress();
  const me = useMe();
  const clinicZone = me.membership.organisation.zone ?? ownZone();
  const now = useNow(60_000);
  const month = query.get("view") === "month";
  const weeks = useWeeks(clinicZone, month ? MONTH_DAYS / WEEK_DAYS : 1);
  const { monday } = weeks;
  const kind = (["specialist", "interpreter"] as const).find((one) => one === query.get("kind"));
  const clock = CLOCKS.find((one) => one === query.get("clock")) ?? "clinic";
  const coverage = useResource(
    () =>
      ok(
        api.GET("/roster/coverage", {
          params: { query: windowOf(monday, month ? MONTH_DAYS : WEEK_DAYS) },
        }),
      ),
    [monday, month],
    { live: ["roster", "consult"] },
  );
  const [planning, setPlanning] = useState(false);
  const [dropping, setDropping] = useState<DroppedShift>();
  const week = t("week", { from: weeks.first, to: weeks.last });
  const caption = t("caption", { week });
  const zone = clock === "clinic" ? clinicZone : clock === "own" ? ownZone() : undefined;
  const options = clockOptions(clinicZone, now);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      width="wide"
      actions={
        me.membership.role === "scheduler" && (
          <Button kind="primary" icon="plus" onPress={() => setPlanning(true)}>
            {t("add")}
          </Button>
        )
      }
    >
      <Stack>
        <div class="week-bar">
          <WeekSteps
            weeks={weeks}
            name={week}
            words={
              month
                ? { earlier: rota("previous"), later: rota("next"), now: rota("today") }
                : { earlier: t("previous"), later: t("next"), now: t("thisWeek") }
            }
          />
          <div class="week-choices">
            <Select
              label={rota("view")}
              value={month ? "month" : "week"}
              onChange={(view) => setQuery({ view: view === "month" ? view : undefined })}
              options={[
                { value: "week", label: rota("week") },
                { value: "month", label: rota("month") },
              ]}
            />
            <Select
              label={t("clock")}
              value={clock}
              onChange={(to) => setQuery({ clock: to === "clinic" ? undefined : to })}
              options={options}
            />
            <Select
              label={t("volunteer")}
              value={(kind ?? "") as Kind | ""}
              onChange={(to) => setQuery({ kind: to || undefined })}
              options={[
                { value: "", label: t("everybody") },
                { value: "specialist", label: t("specialists") },
                { value: "interpreter", label: t("interpreters") },
              ]}
            />
          </div>
        </div>
        <Load from={coverage} rows={8}>
          {({ items }) => {
            const rows = byDuty(items.filter(({ volunteer }) => !kind || volunteer.kind === kind));
            return items.length === 0 ? (
              <EmptyState icon="people" title={t("empty")}>
                {t("emptyLead")}
              </EmptyState>
            ) : (
              <>
                <DutyNow volunteers={rows.map(({ volunteer }) => volunteer)} />
                {month ? (
                  <MonthGrid rows={rows} monday={monday} caption={caption} zone={zone} />
                ) : (
                  <WeekGrid
                    rows={rows}
                    monday={monday}
                    caption={caption}
                    zone={zone}
                    onDrop={setDropping}
                  />
                )}
                {planning && (
                  <PlanShift
                    specialists={items
                      .map(({ volunteer }) => volunteer)
                      .filter(({ kind: is }) => is === "specialist")}
                    clinicZone={clinicZone}
                    onClose={() => setPlanning(false)}
                    onPlanned={() => {
                      setPlanning(false);
                      coverage.reload();
                    }}
                  />
                )}
              </>
            );
          }}
        </Load>
      </Stack>
      <ZoneEdition />
      {dropping && (
        <DropShift
          {...dropping}
          onClose={() => setDropping(undefined)}
          onDropped={() => {
            setDropping(undefined);
            coverage.reload();
          }}
        />
      )}
    </Page>
  );
}

function clockOptions(clinicZone: string, now: number) {
  const own = ownZone();
  const clinic = { value: "clinic", label: t("clinicClock", { zone: zoneLabel(clinicZone, now) }) };
  const mine = { value: "own", label: t("ownClock", { zone: zoneLabel(own, now) }) };
  const theirs = { value: "theirs", label: t("theirClock") };
  return own === clinicZone ? [clinic, theirs] : [clinic, mine, theirs];
}
