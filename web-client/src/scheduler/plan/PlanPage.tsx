import type { JSX } from "preact";
import { useAct } from "../../act";
import { api, ok, once } from "../../api/client";
import { useMe } from "../../consult";
import { useResource } from "../../resource";
import {
  Button,
  Card,
  Disclosure,
  EmptyState,
  Load,
  Page,
  ProblemNotice,
  Row,
  Stack,
  When,
} from "../../ui";
import { PlanCard } from "./PlanCard";
import { type Plan, statusWords } from "./plans";
import { t } from "./words";
import "./plan.css";

/** What the planner proposes, and what was decided about it before. */
export function PlanPage(): JSX.Element {
  const me = useMe();
  const mayDecide = me.membership.role === "scheduler";
  const plans = useResource(() => ok(api.GET("/plans")), [], { live: ["plan", "consult"] });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Load from={plans} rows={3}>
        {({ items, appliesByItself }) => {
          const open = items.filter(({ status }) => status === "open");
          const before = items.filter(({ status }) => status !== "open");
          return (
            <Stack gap="large">
              {open.length === 0 && (
                <EmptyState icon="check" title={t("none")}>
                  {t("noneLead")}
                </EmptyState>
              )}
              {open.map((plan) => (
                <PlanCard
                  key={plan.id}
                  plan={plan}
                  mayDecide={mayDecide}
                  onDecided={plans.reload}
                />
              ))}
              {mayDecide && <ByItself on={appliesByItself} onSet={plans.reload} />}
              {before.length > 0 && <Before plans={before} />}
            </Stack>
          );
        }}
      </Load>
    </Page>
  );
}

function ByItself(props: { on: boolean; onSet: () => void }): JSX.Element {
  const set = useAct(
    (key: string) =>
      ok(api.PUT("/planning", { body: { appliesByItself: !props.on }, headers: once(key) })),
    props.onSet,
  );
  return (
    <Card title={t("byItself")}>
      <p>{props.on ? t("byItselfOn") : t("byItselfOff")}</p>
      {set.problem && <ProblemNotice problem={set.problem} />}
      <Row>
        <Button busy={set.busy} onPress={() => set.run()}>
          {props.on ? t("turnOff") : t("turnOn")}
        </Button>
      </Row>
    </Card>
  );
}

function Before({ plans }: { plans: readonly Plan[] }): JSX.Element {
  return (
    <Disclosure summary={t("before")}>
      <ul>
        {plans.map((plan) => (
          <li key={plan.id}>
            <When at={plan.madeAt} /> · {t("moves", { count: plan.moves.length })} ·{" "}
            {plan.decidedBy
              ? t("decidedBy", { status: statusWords(plan.status), name: plan.decidedBy.name })
              : statusWords(plan.status)}
            {plan.reason && <span class="muted"> · {plan.reason}</span>}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
