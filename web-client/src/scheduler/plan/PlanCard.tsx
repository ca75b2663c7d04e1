import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once } from "../../api/client";
import { UrgencyBadge } from "../../consult";
import {
  Badge,
  Button,
  Card,
  Disclosure,
  Notice,
  ProblemNotice,
  Row,
  Stack,
  toast,
  When,
} from "../../ui";
import { pointsText } from "../place/candidates";
import { type Move, type Plan, reasons, sorted } from "./plans";
import { RejectDialog } from "./RejectDialog";
import { t } from "./words";

/** One open proposal: every move with both times on both clocks and why, and the decision. */
export function PlanCard(props: {
  plan: Plan;
  mayDecide: boolean;
  onDecided: () => void;
}): JSX.Element {
  const { plan } = props;
  const { movable, unplaced } = sorted(plan.moves);
  const [rejecting, setRejecting] = useState(false);
  const approve = useAct(
    (key: string) =>
      ok(
        api.POST("/plans/{planId}/approval", {
          params: { path: { planId: plan.id } },
          headers: once(key),
        }),
      ),
    ({ status }) => {
      toast(status === "applied" ? t("applied") : t("overtaken"));
      props.onDecided();
    },
  );
  return (
    <Card title={plan.cause === "drop-out" ? t("dropOut") : t("hourly")}>
      <Stack>
        <Row>
          <Badge>{t("moves", { count: movable.length })}</Badge>
          {plan.valueAfter > plan.valueBefore && (
            <Badge tone="green">{t("gain", { count: plan.valueAfter - plan.valueBefore })}</Badge>
          )}
          <span class="muted small">
            {t("madeAt")} <When at={plan.madeAt} />
          </span>
        </Row>
        {unplaced.length > 0 && (
          <Notice tone="warning" title={t("unplaced", { count: unplaced.length })} />
        )}
        <ul class="plan-moves">
          {[...unplaced, ...movable].map((move) => (
            <MoveRow key={move.appointmentId} move={move} />
          ))}
        </ul>
        {approve.problem && <ProblemNotice problem={approve.problem} />}
        {props.mayDecide && (
          <>
            <p class="muted small">{t("approveLead")}</p>
            <Row>
              {movable.length > 0 && (
                <Button
                  kind="primary"
                  icon="check"
                  busy={approve.busy}
                  onPress={() => approve.run()}
                >
                  {t("approve")}
                </Button>
              )}
              <Button onPress={() => setRejecting(true)}>{t("reject")}</Button>
            </Row>
          </>
        )}
      </Stack>
      {rejecting && (
        <RejectDialog
          planId={plan.id}
          onClose={() => setRejecting(false)}
          onRejected={() => {
            toast(t("rejected"));
            props.onDecided();
          }}
        />
      )}
    </Card>
  );
}

function MoveRow({ move }: { move: Move }): JSX.Element {
  return (
    <li class="plan-move">
      <Row>
        <UrgencyBadge urgency={move.urgency} />
        <a href={`/scheduler/consults/${move.consultId}?tab=people`}>
          <bdi>{move.question}</bdi>
        </a>
      </Row>
      <span class="muted small">
        <bdi>{move.clinic.name}</bdi> {t("with", { name: move.specialist.name })}
      </span>
      <dl class="plan-times">
        <div>
          <dt>{t("from")}</dt>
          <dd>
            <s>
              <When at={move.was} zone={move.clinicZone} />
            </s>
          </dd>
        </div>
        <div>
          <dt>{t("to")}</dt>
          <dd>
            {move.start ? (
              <>
                <strong>
                  <When at={move.start} zone={move.clinicZone} />
                </strong>
                <br />
                <When at={move.start} zone={move.specialistZone} />
              </>
            ) : (
              t("noTime")
            )}
          </dd>
        </div>
      </dl>
      {move.changes.length > 0 && (
        <Disclosure summary={t("reasons")}>
          <ul>
            {reasons(move.changes).map(({ text, points }) => (
              <li key={text}>
                {text} <span class="muted">{pointsText(points)}</span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </li>
  );
}
