import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, basedOn, ok, once, type Schema } from "../../api/client";
import { asProblem, Problem } from "../../api/problem";
import { useForm } from "../../form";
import { useResource } from "../../resource";
import { day, ownZone, zoneLabel } from "../../time";
import {
  Button,
  Card,
  EmptyState,
  FormFrame,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Stack,
  toast,
  TwoPane,
  When,
} from "../../ui";
import { hoursIn, noonOf } from "./days";
import { checkRoster, formOf, hoursOf, rosterBody } from "./hours";
import { ExceptionRows, LoadFields, WeeklyRows, ZoneField } from "./HoursRows";
import { usePreview } from "./preview";
import { CalendarCard } from "./CalendarCard";
import { TwoWeeks } from "./TwoWeeks";
import { t } from "./words";

type Roster = Schema<"Roster">;

/** The caller's hours, leave and limits, and what they mean in the next two weeks. */
export function RosterPage(): JSX.Element {
  const roster = useResource(() => ok(api.GET("/roster")), []);
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <Load from={roster} rows={6}>
        {(value) => <Hours key={value.version} roster={value} onSaved={roster.replace} />}
      </Load>
    </Page>
  );
}

function Hours(props: { roster: Roster; onSaved: (roster: Roster) => void }): JSX.Element {
  const { roster } = props;
  const [theirs, setTheirs] = useState<Roster>();
  const say = {
    days: t("askDays"),
    time: t("askTime"),
    date: t("askDate"),
    order: t("askOrder"),
    cap: t("askCap"),
    anchor: t("askAnchor"),
  };
  const form = useForm({
    initial: formOf(roster),
    draft: "roster",
    validate: (values) => checkRoster(values, say),
    send: async (values, key) => {
      try {
        return await ok(
          api.PUT("/roster", {
            body: rosterBody(values),
            headers: { ...once(key), ...basedOn(values.version) },
          }),
        );
      } catch (error) {
        if (error instanceof Problem && error.status === 412) {
          await ok(api.GET("/roster")).then(setTheirs, () => {});
        }
        throw asProblem(error);
      }
    },
    onSent: (saved) => {
      toast(t("saved"));
      props.onSaved(saved);
    },
  });
  const { values } = form;
  const complete = checkRoster(values, say).length === 0;
  const hours = hoursOf(values);
  const unsaved = JSON.stringify(rosterBody(values)) !== JSON.stringify(rosterBody(formOf(roster)));
  return (
    <TwoPane
      main={
        <FormFrame form={form} submit={t("save")}>
          {theirs && theirs.version !== values.version && (
            <Notice
              tone="warning"
              title={t("conflict")}
              action={
                <Stack gap="small">
                  <Button
                    small
                    onPress={() => {
                      form.change((mine) => ({ ...mine, version: theirs.version }));
                      form.submit();
                    }}
                  >
                    {t("keepMine")}
                  </Button>
                  <Button
                    small
                    onPress={() => {
                      form.discard();
                      props.onSaved(theirs);
                    }}
                  >
                    {t("takeTheirs")}
                  </Button>
                </Stack>
              }
            >
              {t("conflictLead")}
              <TwoWeeks intervals={theirs.nextTwoWeeks} onCall={[]} zone={ownZone()} />
            </Notice>
          )}
          <Card title={t("weekly")}>
            <ZoneField form={form} />
            {values.hours.zoneChanges.map(({ from, zone }) => (
              <p key={from} class="muted">
                {t("zoneMoves", {
                  date: day(noonOf(from), "UTC"),
                  zone: zoneLabel(zone, noonOf(from)),
                })}
              </p>
            ))}
            <WeeklyRows form={form} />
          </Card>
          <Card title={t("exceptions")}>
            <ExceptionRows form={form} />
          </Card>
          <Card title={t("load")}>
            <LoadFields form={form} />
          </Card>
        </FormFrame>
      }
      side={
        <>
          <PreviewCard hours={complete ? hours : undefined} roster={roster} unsaved={unsaved} />
          <CalendarCard />
          <Card title={t("onCallTitle")}>
            {roster.onCall.length === 0 ? (
              <p class="muted">{t("onCallNone")}</p>
            ) : (
              <ul class="stack stack-small">
                {roster.onCall.map((shift) => (
                  <li key={shift.id}>
                    <When at={shift.start} /> – <When at={shift.end} />
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </>
      }
    />
  );
}

function PreviewCard(props: {
  hours: Schema<"Hours"> | undefined;
  roster: Roster;
  unsaved: boolean;
}): JSX.Element {
  const zone = ownZone();
  const { intervals, problem } = usePreview(props.hours, zone);
  const shown = intervals ?? props.roster.nextTwoWeeks;
  const total = hoursIn(shown);
  return (
    <Card title={t("preview")}>
      <p class="muted small">
        {t("previewZone", { zone: zoneLabel(zone, Date.now()) })}
        {" · "}
        {t("previewTotal", { count: total })}
        {props.unsaved && ` · ${t("previewUnsaved")}`}
      </p>
      {problem && <ProblemNotice problem={problem} />}
      {props.hours === undefined && <Notice>{t("previewMissing")}</Notice>}
      {shown.length === 0 ? (
        <EmptyState icon="calendar" title={t("previewNone")} />
      ) : (
        <TwoWeeks intervals={shown} onCall={props.roster.onCall} zone={zone} />
      )}
    </Card>
  );
}
