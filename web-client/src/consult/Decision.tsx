import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, newKey, ok, once, type Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { useForm } from "../form";
import {
  Badge,
  Button,
  Disclosure,
  FormFrame,
  ProblemNotice,
  Select,
  Stack,
  TextArea,
  toast,
  When,
} from "../ui";
import { t } from "./words";

type Recommendation = Schema<"Recommendation">;
type Decided = Schema<"Decision">;
type Kind = Schema<"NewDecision">["decision"];
type Reason = NonNullable<Schema<"NewDecision">["reason"]>;
/** The decisions that need words. */
type Worded = Exclude<Kind, "accept">;

/** The treating clinician's decision on one recommendation: made, shown, and changed. */
export function Decision(props: {
  consultId: string;
  recommendation: Recommendation;
  onDecided: (recommendation: Recommendation) => void;
}): JSX.Element {
  const { recommendation } = props;
  const [changing, setChanging] = useState(false);
  const [worded, setWorded] = useState<Worded>();
  const finish = (decided: Recommendation) => {
    setChanging(false);
    setWorded(undefined);
    toast(t("decided"));
    props.onDecided(decided);
  };
  const accept = useAct(
    (key) => decide(props.consultId, recommendation.id, { decision: "accept" }, key),
    finish,
  );

  if (recommendation.decision && !changing) {
    return (
      <Stack gap="small">
        <DecisionShown recommendation={recommendation} />
        <div>
          <Button small kind="quiet" onPress={() => setChanging(true)}>
            {t("changeDecision")}
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <Stack gap="small">
      <p class="case-label">{t("decide")}</p>
      <div class="row">
        <Button
          small
          icon="check"
          busy={accept.busy}
          onPress={() => {
            setWorded(undefined);
            accept.run();
          }}
        >
          {t("accept")}
        </Button>
        {(["adapt", "decline", "cannot"] as const).map((kind) => (
          <Button key={kind} small pressed={worded === kind} onPress={() => setWorded(kind)}>
            {t(kind)}
          </Button>
        ))}
        {changing && (
          <Button small kind="quiet" onPress={() => setChanging(false)}>
            {t("cancel")}
          </Button>
        )}
      </div>
      {accept.problem && <ProblemNotice problem={accept.problem} onRetry={() => accept.run()} />}
      {worded && (
        <WordedForm
          key={worded}
          kind={worded}
          consultId={props.consultId}
          recommendationId={recommendation.id}
          onDecided={finish}
        />
      )}
    </Stack>
  );
}

function WordedForm(props: {
  kind: Worded;
  consultId: string;
  recommendationId: string;
  onDecided: (recommendation: Recommendation) => void;
}): JSX.Element {
  const { kind } = props;
  const form = useForm({
    initial: { reason: "" as Reason | "", text: "" },
    draft: `decision ${props.recommendationId} ${kind}`,
    validate: (values) => decisionErrors(kind, values),
    send: ({ reason, text }, key) =>
      decide(
        props.consultId,
        props.recommendationId,
        {
          decision: kind,
          ...(reason && kind !== "adapt" && { reason }),
          ...(text.trim() && { text: text.trim() }),
        },
        key,
      ),
    onSent: props.onDecided,
  });
  return (
    <FormFrame form={form} submit={t("saveDecision")}>
      {kind !== "adapt" && (
        <Select
          label={t("decisionReason")}
          empty={t("choose")}
          options={REASONS.map((value) => ({ value, label: reasonName(value) }))}
          {...form.field("/reason")}
        />
      )}
      <TextArea
        label={kind === "adapt" ? t("decisionText") : t("decisionMore")}
        optional={kind !== "adapt"}
        rows={2}
        maxLength={2000}
        {...form.field("/text")}
      />
    </FormFrame>
  );
}

/** What is missing before a decision can be kept. */
export function decisionErrors(
  kind: Worded,
  values: { reason: string; text: string },
): FieldError[] {
  if (kind === "adapt") {
    const missing = values.text.trim() === "";
    return missing ? [{ pointer: "/text", detail: t("decisionTextNeeded") }] : [];
  }
  return values.reason === "" ? [{ pointer: "/reason", detail: t("decisionReasonNeeded") }] : [];
}

/** A decision for those who only read it. */
export function DecisionShown(props: { recommendation: Recommendation }): JSX.Element {
  const { decision, earlierDecisions = [] } = props.recommendation;
  if (!decision) return <p class="muted">{t("undecided")}</p>;
  return (
    <div>
      <Made decision={decision} />
      {earlierDecisions.length > 0 && (
        <Disclosure summary={t("earlierDecisions")}>
          {earlierDecisions.map((earlier) => (
            <Made key={earlier.decidedAt} decision={earlier} />
          ))}
        </Disclosure>
      )}
    </div>
  );
}

function Made({ decision }: { decision: Decided }): JSX.Element {
  const { tone, word } = look(decision.decision);
  return (
    <div class="decision">
      <div class="row">
        <Badge tone={tone}>{word}</Badge>
        {decision.reason && <span>{reasonName(decision.reason)}</span>}
        <span class="muted small">
          <bdi>{decision.decidedBy.name}</bdi> · <When at={decision.decidedAt} />
        </span>
      </div>
      {decision.text && (
        <p class="prose" dir="auto">
          {decision.text}
        </p>
      )}
    </div>
  );
}

function look(kind: string): { tone: "green" | "blue" | "orange" | "neutral"; word: string } {
  switch (kind) {
    case "accept":
      return { tone: "green", word: t("acceptedBy") };
    case "adapt":
      return { tone: "blue", word: t("adaptedBy") };
    case "decline":
      return { tone: "orange", word: t("declinedBy") };
    case "cannot":
      return { tone: "orange", word: t("cannotBy") };
    default:
      return { tone: "neutral", word: kind };
  }
}

const REASONS: readonly Reason[] = [
  "no-drug",
  "no-test",
  "cost",
  "refused",
  "too-late",
  "died",
  "transferred",
  "other",
];

function reasonName(reason: string): string {
  const names: Record<string, string> = {
    "no-drug": t("noDrug"),
    "no-test": t("noTest"),
    cost: t("cost"),
    refused: t("patientRefused"),
    "too-late": t("tooLate"),
    died: t("died"),
    transferred: t("transferred"),
    other: t("otherReason"),
  };
  return names[reason] ?? reason;
}

function decide(
  consultId: string,
  recommendationId: string,
  body: Schema<"NewDecision">,
  key: string = newKey(),
): Promise<Recommendation> {
  return ok(
    api.POST("/consults/{consultId}/recommendations/{recommendationId}/decision", {
      params: { path: { consultId, recommendationId } },
      body,
      headers: once(key),
    }),
  );
}
