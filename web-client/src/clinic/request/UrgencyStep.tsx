import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { TriageReasons, UrgencyBadge, urgencyName, useCatalogue, valueOf } from "../../consult";
import { Card, Choice, Disclosure, Notice, Row, Stack, TextArea } from "../../ui";
import { t } from "../words";
import type { Editor } from "./editor";
import { asksForLess } from "./steps";
import type { TriageState } from "./triage";

/** The urgency as it stands now, above every step. */
export function TriageStrip({ state }: { state: TriageState }): JSX.Element | null {
  const { triage, problem } = state;
  if (!triage) {
    return problem ? (
      <Notice tone="warning">{t("triageFailed", { reason: problem.sentence })}</Notice>
    ) : (
      <p class="triage-strip muted small">{t("urgencyUnknown")}</p>
    );
  }
  return (
    <div class="triage-strip" aria-live="polite">
      <Row>
        <UrgencyBadge urgency={triage.urgency} />
        {problem && (
          <span class="muted small">{t("triageFailed", { reason: problem.sentence })}</span>
        )}
      </Row>
      {triage.reasons.length > 0 && (
        <Disclosure summary={t("triageReasons", { count: triage.reasons.length })}>
          <TriageReasons triage={triage} />
        </Disclosure>
      )}
    </div>
  );
}

/** What the findings mean, and what the clinician asks for. */
export function UrgencyStep(props: { editor: Editor; state: TriageState }): JSX.Element {
  const { editor } = props;
  const { triage, problem, computing } = props.state;
  const targets = valueOf(useCatalogue())?.urgencies ?? [];
  if (!triage) {
    return (
      <Notice tone={problem ? "warning" : "info"}>
        {problem?.status === 0
          ? t("triageLater")
          : problem
            ? t("triageFailed", { reason: problem.sentence })
            : computing
              ? t("triageComputing")
              : t("triageWaiting")}
      </Notice>
    );
  }
  const codes: readonly Schema<"Urgency">[] = ["red", "orange", "yellow", "green", "blue"];
  return (
    <Stack>
      <Card
        title={t("triageTitle")}
        tone={triage.urgency}
        actions={<UrgencyBadge urgency={triage.urgency} />}
      >
        <TriageReasons triage={triage} />
      </Card>
      <Choice
        label={t("urgencyAsked")}
        layout="list"
        options={codes.map((code) => {
          const target = targets.find((one) => one.code === code);
          return {
            value: code,
            label:
              code === triage.urgency
                ? t("urgencyAsComputed", { urgency: urgencyName(code) })
                : urgencyName(code),
            ...(target && { hint: target.meaning }),
          };
        })}
        {...editor.bind("/urgency")}
        value={editor.values.urgency || triage.urgency}
      />
      {asksForLess(editor.values, triage) && (
        <TextArea
          label={t("urgencyReason")}
          rows={2}
          maxLength={500}
          {...editor.bind("/urgencyReason")}
        />
      )}
    </Stack>
  );
}
