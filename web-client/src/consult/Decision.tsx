import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { useForm } from "../form";
import type { Act, Handed } from "../offline/acts";
import { goingOn, hand, TITLE_CHARACTERS, unrefused, useWaiting } from "../offline/hand";
import { NotTaken } from "../offline/NotTaken";
import { t as offline } from "../offline/words";
import { useResumed } from "../resume";
import { currentAddress } from "../router";
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
const WORDED: readonly Worded[] = ["adapt", "decline", "cannot"];

/**
 * The treating clinician's decision on one recommendation: made, shown, and changed. Whoever shows it
 * loads anew once a decision no longer waits.
 */
export function Decision(props: {
  consultId: string;
  recommendation: Recommendation;
}): JSX.Element {
  const { recommendation } = props;
  const [changing, setChanging] = useState(false);
  const [worded, setWorded] = useState<Worded>();
  const waiting = useWaiting("decision", props.consultId).filter(
    ({ doing }) => doing.recommendationId === recommendation.id,
  );
  const newest = unrefused(waiting).at(-1)?.doing.body;
  const about = {
    consultId: props.consultId,
    recommendation,
    seen: decisionsOf(recommendation),
    going: goingOn(waiting),
  };
  const finish = (handed: Handed) => {
    setChanging(false);
    setWorded(undefined);
    toast(handed.kind === "sent" ? t("decided") : offline("kept"));
  };
  const accept = useAct((key) => decide(about, { decision: "accept" }, key), finish);
  useResumed(
    WORDED.map((kind) => draftOf(recommendation.id, kind)),
    (draft) => {
      setChanging(true);
      setWorded(WORDED.find((kind) => draft === draftOf(recommendation.id, kind)));
    },
  );

  const notTaken = waiting
    .filter(({ refused }) => refused)
    .map(({ id, doing }) => (
      <Made key={id} decision={doing.body}>
        <NotTaken />
      </Made>
    ));

  if ((recommendation.decision ?? newest) && !changing) {
    return (
      <Stack gap="small">
        {notTaken}
        {newest && (
          <Made decision={newest}>
            <a href="/waiting">{offline("pending")}</a>
          </Made>
        )}
        {(recommendation.decision || !newest) && <DecisionShown recommendation={recommendation} />}
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
      {notTaken}
      {recommendation.decision && <DecisionShown recommendation={recommendation} />}
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
        {WORDED.map((kind) => (
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
      {worded && <WordedForm key={worded} kind={worded} about={about} onDecided={finish} />}
    </Stack>
  );
}

function WordedForm(props: {
  kind: Worded;
  about: About;
  onDecided: (handed: Handed) => void;
}): JSX.Element {
  const { kind, about } = props;
  const form = useForm({
    initial: { reason: "" as Reason | "", text: "" },
    draft: draftOf(about.recommendation.id, kind),
    validate: (values) => decisionErrors(kind, values),
    send: ({ reason, text }, key) =>
      decide(
        about,
        {
          decision: kind,
          ...(reason && kind !== "adapt" && { reason }),
          ...(text.trim() && { text: text.trim() }),
        },
        key,
        { reason, text },
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
      <MadeBy decision={decision} />
      {earlierDecisions.length > 0 && (
        <Disclosure summary={t("earlierDecisions")}>
          {earlierDecisions.map((earlier) => (
            <MadeBy key={earlier.decidedAt} decision={earlier} />
          ))}
        </Disclosure>
      )}
    </div>
  );
}

function MadeBy({ decision }: { decision: Decided }): JSX.Element {
  return (
    <Made decision={decision}>
      <bdi>{decision.decidedBy.name}</bdi> · <When at={decision.decidedAt} />
    </Made>
  );
}

function Made(props: {
  decision: Pick<Decided, "decision" | "reason" | "text">;
  /** Who made it and when, or that nobody else knows of it. */
  children: ComponentChildren;
}): JSX.Element {
  const { decision } = props;
  const { tone, word } = look(decision.decision);
  return (
    <div class="decision">
      <div class="row">
        <Badge tone={tone}>{word}</Badge>
        {decision.reason && <span>{reasonName(decision.reason)}</span>}
        <span class="muted small">{props.children}</span>
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

/** What a decision is about, and how many the server has on it before it. */
interface About {
  readonly consultId: string;
  readonly recommendation: Recommendation;
  readonly seen: number;
  readonly going: Pick<Act, "after">;
}

function decisionsOf({ decision, earlierDecisions = [] }: Recommendation): number {
  return (decision ? 1 : 0) + earlierDecisions.length;
}

function draftOf(recommendationId: string, kind: Worded): string {
  return `decision ${recommendationId} ${kind}`;
}

function decide(
  { consultId, recommendation, seen, going }: About,
  body: Schema<"NewDecision">,
  key: string,
  values: unknown = {},
): Promise<Handed> {
  return hand({
    id: key,
    title: `${look(body.decision).word}: ${recommendation.content.text}`.slice(0, TITLE_CHARACTERS),
    actedAt: Date.now(),
    ...going,
    form: {
      draft: `decision ${recommendation.id} ${body.decision}`,
      values,
      page: `${currentAddress().path}?tab=answer`,
    },
    doing: { kind: "decision", consultId, recommendationId: recommendation.id, seen, body },
  });
}
