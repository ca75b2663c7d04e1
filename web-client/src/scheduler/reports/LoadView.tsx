import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { currentLanguage } from "../../i18n/messages";
import { Card, Disclosure, EmptyState, Stack, Table } from "../../ui";
import { BarPlot } from "./BarPlot";
import { percent } from "./figures";
import { t } from "./words";

const BARS_MAX = 20;

/** A tenth of fewer is one person. */
const TENTH_SHOWN_MIN = 10;

/** Who carries how much, and how evenly. */
export function LoadView({ report }: { report: Schema<"LoadReport"> }): JSX.Element {
  const { about, accepted, specialists, gini, busiestTenthShare: tenth, items } = report;
  if (specialists === 0) return <EmptyState icon="people" title={t("loadNone")} />;
  const evenness = new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 2 });
  return (
    <Stack>
      <p class="report-lead">
        {t("loadAccepted", { count: accepted })}{" "}
        {t(about.scope === "own" ? "loadAsked" : "loadActive", { count: specialists })}{" "}
        {tenth !== undefined &&
          specialists >= TENTH_SHOWN_MIN &&
          t("loadTenth", { share: percent(tenth) })}{" "}
        {gini !== undefined && specialists > 1 && t("loadGini", { gini: evenness.format(gini) })}
      </p>
      <Card title={t("loadTitle")}>
        <BarPlot
          label={t("loadTitle")}
          brief
          rows={items.slice(0, BARS_MAX).map((one) => ({
            key: one.specialist.id,
            label: one.specialist.name,
            figure: { median: one.accepted, p90: one.accepted },
            words: `${t("consultsCount", { count: one.accepted })} · ${percent(one.share)}`,
          }))}
        />
        <Disclosure summary={t("asTable")}>
          <Table
            caption={t("loadTitle")}
            rows={items}
            rowKey={({ specialist }) => specialist.id}
            columns={[
              {
                label: t("specialistColumn"),
                cell: ({ specialist, organisation }) => (
                  <span>
                    <bdi>{specialist.name}</bdi>
                    <br />
                    <span class="muted small">{organisation}</span>
                  </span>
                ),
              },
              { label: t("offers"), figures: true, cell: ({ offers }) => offers },
              { label: t("accepted"), figures: true, cell: (one) => one.accepted },
              { label: t("refused"), figures: true, cell: ({ refused }) => refused },
              { label: t("expired"), figures: true, cell: ({ expired }) => expired },
              { label: t("shareColumn"), figures: true, cell: ({ share }) => percent(share) },
            ]}
          />
        </Disclosure>
      </Card>
    </Stack>
  );
}
