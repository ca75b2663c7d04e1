import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { statusName, UrgencyBadge, useMe } from "../consult";
import type { Loaded } from "../resource";
import { dayAndTime, useNow } from "../time";
import {
  Actions,
  Badge,
  Button,
  Card,
  EmptyState,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Stack,
  toast,
} from "../ui";
import { t } from "./place/ladderWords";
import { HandOverDialog, useDuty } from "./place/OwnerCard";
import "./scheduler.css";

type Duty = Schema<"Duty">;
type Item = Schema<"DutyItem">;

/** The coordinator's shift: what is theirs by name, and what must go before the shift can end. */
export function DutyPage(): JSX.Element {
  const duty = useDuty();
  return (
    <Page title={t("duty")}>
      <Load from={duty} rows={5}>
        {(value) => <Shift duty={duty} value={value} />}
      </Load>
    </Page>
  );
}

function Shift({ duty, value }: { duty: Loaded<Duty>; value: Duty }): JSX.Element {
  const now = useNow();
  const watches = useMe().membership.role === "supervisor";
  const begin = useAct(
    (key: string) => ok(api.POST("/duty", { headers: once(key) })),
    (after) => {
      toast(t("dutyBegan"));
      duty.replace(after);
    },
  );
  const end = useAct(
    (key: string) => ok(api.POST("/duty/hand-over", { headers: once(key) })),
    (after) => {
      toast(t("dutyEnded"));
      duty.replace(after);
    },
  );
  const must = value.mine.filter(({ mustBeTakenOver }) => mustBeTakenOver).length;
  return (
    <Stack gap="large">
      <Card
        title={
          value.since
            ? t("dutyOn", { time: dayAndTime(value.since, undefined, now) })
            : t("dutyOff")
        }
      >
        {must > 0 && <Notice tone="warning">{t("dutyMust", { count: must })}</Notice>}
        {value.since && must === 0 && <p class="muted">{t("dutyRest")}</p>}
        {end.problem && <ProblemNotice problem={end.problem} onRetry={duty.reload} />}
        {begin.problem && <ProblemNotice problem={begin.problem} />}
        <Actions>
          {value.since ? (
            <Button kind="primary" disabled={must > 0} busy={end.busy} onPress={() => end.run()}>
              {t("dutyEnd")}
            </Button>
          ) : (
            !watches && (
              <Button kind="primary" busy={begin.busy} onPress={() => begin.run()}>
                {t("dutyBegin")}
              </Button>
            )
          )}
        </Actions>
      </Card>
      {value.handedToMe.length > 0 && (
        <Items title={t("dutyHanded")} items={value.handedToMe} duty={duty} value={value} />
      )}
      {value.mine.length === 0 ? (
        <EmptyState icon="check" title={t("dutyMineNone")} />
      ) : (
        <Items title={t("dutyMine")} items={value.mine} duty={duty} value={value} />
      )}
      <Card title={t("dutyGroup")}>
        {value.group.length === 0 ? (
          <p class="muted">{t("dutyGroupNone")}</p>
        ) : (
          <ul class="duty-group">
            {value.group.map(({ person, since }) => (
              <li key={person.id}>
                <bdi>{person.name}</bdi>{" "}
                <span class="muted small">
                  {t("since", { time: dayAndTime(since, undefined, now) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Stack>
  );
}

function Items(props: {
  title: string;
  items: readonly Item[];
  duty: Loaded<Duty>;
  value: Duty;
}): JSX.Element {
  return (
    <Card title={props.title}>
      <ul class="duty-items">
        {props.items.map((item) => (
          <DutyRow key={item.consultId} item={item} duty={props.duty} value={props.value} />
        ))}
      </ul>
    </Card>
  );
}

function DutyRow(props: { item: Item; duty: Loaded<Duty>; value: Duty }): JSX.Element {
  const { item, duty, value } = props;
  const [handing, setHanding] = useState(false);
  const me = useMe().account.id;
  const mine = value.mine.includes(item);
  const takeOver = useAct(
    (key: string) =>
      ok(
        api.POST("/consults/{consultId}/take-over", {
          params: { path: { consultId: item.consultId } },
          body: item.coordinator ? { from: item.coordinator.id } : {},
          headers: once(key),
        }),
      ),
    () => {
      toast(t("tookOver"));
      duty.reload();
    },
  );
  return (
    <li class="duty-item">
      <div class="duty-words">
        <p>
          <UrgencyBadge urgency={item.urgency} />{" "}
          <a href={`/scheduler/consults/${item.consultId}`}>
            <bdi>{item.question}</bdi>
          </a>
        </p>
        <p class="muted small">
          {statusName(item.status)}
          {mine && item.handingTo && ` · ${t("dutyAsked", { name: item.handingTo.name })}`}
          {!mine && item.coordinator && ` · ${t("dutyFrom", { name: item.coordinator.name })}`}
        </p>
        {takeOver.problem && <ProblemNotice problem={takeOver.problem} onRetry={duty.reload} />}
      </div>
      {mine && item.mustBeTakenOver && <Badge tone="orange">{t("must")}</Badge>}
      {mine ? (
        <Button onPress={() => setHanding(true)}>{t("handOver")}</Button>
      ) : (
        <Button kind="primary" busy={takeOver.busy} onPress={() => takeOver.run()}>
          {t("takeOver")}
        </Button>
      )}
      {handing && (
        <HandOverDialog
          consultId={item.consultId}
          colleagues={[...value.colleagues, ...value.supervisors.filter(({ id }) => id !== me)]}
          onClose={() => setHanding(false)}
          onDone={() => {
            setHanding(false);
            toast(t("handedOver"));
            duty.reload();
          }}
        />
      )}
    </li>
  );
}
