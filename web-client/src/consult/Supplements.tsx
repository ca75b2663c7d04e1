import type { JSX } from "preact";
import type { Schema } from "../api/client";
import { Card, When } from "../ui";
import { consciousnessName, unitText, urgencyName } from "./names";
import { UrgencyBadge } from "./parts";
import { useTriageRules, valueOf } from "./reference";
import { t } from "./words";

type Request = Schema<"Request">;

/** What was measured, first and later; what came without a time was taken when it was sent. */
export function allVitals({
  content,
  submittedAt,
  supplements = [],
}: Request): Schema<"VitalSign">[] {
  const first = content.assessment?.vitals ?? [];
  if (supplements.length === 0) return first;
  const timed = (vitals: readonly Schema<"VitalSign">[], at: string | undefined) =>
    vitals.map((sign) => (sign.takenAt || !at ? sign : { ...sign, takenAt: at }));
  return [
    ...timed(first, submittedAt),
    ...supplements.flatMap(({ vitals, addedAt }) => timed(vitals, addedAt)),
  ];
}

/** The newest level that was told after sending. */
export function latestConsciousness({
  supplements = [],
}: Request): Schema<"Consciousness"> | undefined {
  return supplements
    .map(({ consciousness }) => consciousness)
    .filter((level) => level !== undefined)
    .pop();
}

/** What the clinic added after sending, the newest first, and what it did to the urgency. */
export function Supplements({ request }: { request: Request }): JSX.Element | null {
  const rules = valueOf(useTriageRules());
  const supplements = [...(request.supplements ?? [])].reverse();
  if (supplements.length === 0) return null;
  const label = (code: string) => rules?.vitals.find((one) => one.code === code)?.label ?? code;
  const sign = (code: string) => rules?.dangerSigns.find((one) => one.code === code)?.label ?? code;
  return (
    <Card title={t("supplements")}>
      <ul class="stack stack-small">
        {supplements.map((one) => (
          <li key={one.id}>
            <p>
              <UrgencyBadge urgency={one.triage.urgency} />{" "}
              {one.triage.urgency !== one.urgencyBefore && (
                <span>{t("urgencyWas", { urgency: urgencyName(one.urgencyBefore) })}</span>
              )}{" "}
              <span class="muted">
                <When at={one.addedAt} /> · <bdi>{one.addedBy.name}</bdi>
              </span>
            </p>
            <p>
              {[
                ...(one.consciousness ? [consciousnessName(one.consciousness)] : []),
                ...one.vitals.map(
                  ({ code, value, unit }) => `${label(code)} ${value} ${unitText(unit)}`,
                ),
                ...one.dangerSigns.filter(({ present }) => present).map(({ code }) => sign(code)),
              ].join(" · ")}
            </p>
            {one.text && (
              <p class="prose" dir="auto">
                {one.text}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
