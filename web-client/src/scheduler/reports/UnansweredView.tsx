import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { UrgencyBadge } from "../../consult";
import { dayAndTime } from "../../time";
import { Card, EmptyState, List, Stack, TimeLeft } from "../../ui";
import { percent } from "./figures";
import { t } from "./words";

type Unanswered = Schema<"UnansweredReport">;
type Whom = Unanswered["waitingOn"][number]["waitingOn"];

const WHOM = {
  coordinator: "whomCoordinator",
  specialist: "whomSpecialist",
  clinic: "whomClinic",
  nobody: "whomNobody",
} as const satisfies Record<Whom, string>;

/** Who waits for a first answer past the target, in words and one by one. */
export function UnansweredView(props: {
  report: Unanswered;
  /** Where a consult can be opened; absent where this role may not. */
  consultHref: ((id: string) => string) | undefined;
}): JSX.Element {
  const { report, consultHref } = props;
  const { open, never, due, neverShare, oldestSubmittedAt: oldest, items } = report;
  const period =
    neverShare === undefined || never === undefined || due === undefined
      ? undefined
      : t("neverShare", { share: percent(neverShare), never, due });
  if (open === 0) {
    return (
      <EmptyState icon="check" title={t("unansweredNone")}>
        {period}
      </EmptyState>
    );
  }
  return (
    <Stack>
      <p class="report-lead">
        {open === undefined ? t("unansweredFew") : t("unansweredNow", { count: open })}{" "}
        {oldest && t("oldest", { when: dayAndTime(oldest) })} {period}
      </p>
      <Card title={t("waitOn")}>
        <ul class="report-list">
          {report.waitingOn.map(({ waitingOn, consults }) => (
            <li key={waitingOn}>
              {consults === undefined
                ? `${t(WHOM[waitingOn])}: ${t("few")}`
                : t(waitingOn, { count: consults })}
            </li>
          ))}
        </ul>
      </Card>
      {items.length > 0 && (
        <List
          label={t("unanswered")}
          rows={items.map((late) => ({
            key: late.consultId,
            ...(consultHref ? { href: consultHref(late.consultId) } : {}),
            lead: <UrgencyBadge urgency={late.urgency} />,
            title: t("itemTitle", {
              specialty: late.specialty || t("noSpecialty"),
              site: late.site,
            }),
            detail: t("itemWaits", { whom: t(WHOM[late.waitingOn]) }),
            aside: <TimeLeft until={late.answerBy} />,
          }))}
        />
      )}
      {open !== undefined && items.length > 0 && items.length < open && (
        <p class="muted">{t("firstItems", { count: items.length })}</p>
      )}
    </Stack>
  );
}
