import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../api/client";
import { Badge, type ListRow, Notice, TimeLeft } from "../ui";
import { languageName, personText, statusName, urgencyName, urgencyTone } from "./names";
import { t } from "./words";

type Summary = Schema<"ConsultSummary">;

export function UrgencyBadge({ urgency }: { urgency: Schema<"Urgency"> }): JSX.Element {
  return <Badge tone={urgencyTone(urgency)}>{urgencyName(urgency)}</Badge>;
}

/** Who has the next move, seen by one side: `Waiting for you`, `Waiting for Dr Osei`. */
export function waitingText(summary: Summary, mine: Summary["waitingOn"] | undefined): string {
  if (summary.waitingOn === mine) return t("waitsForYou");
  switch (summary.waitingOn) {
    case "coordinator":
      return t("waitsForCoordinator");
    case "specialist":
      return summary.specialist
        ? t("waitsForNamed", { name: summary.specialist.name })
        : t("waitsForSpecialist");
    case "clinic":
      return t("waitsForClinic");
    case "nobody":
      return t("waitsForNobody");
  }
}

/** What the running clock is for: `until the first answer is due`. */
export function dueText(dueFor: NonNullable<Summary["dueFor"]>): string {
  switch (dueFor) {
    case "triage":
      return t("dueTriage");
    case "acceptance":
      return t("dueAcceptance");
    case "first-answer":
      return t("dueFirstAnswer");
    case "follow-up":
      return t("dueFollowUp");
  }
}

/** Whether a consult still runs. */
export function isOpen({ status }: Pick<Summary, "status">): boolean {
  return status !== "closed" && status !== "withdrawn";
}

/**
 * A consult as a row of a list: urgency, question, whom it is about, time left. `patient` goes
 * before the age for those who may know the name; `detail` says what else the list is about.
 */
export function consultRow(
  summary: Summary,
  options: {
    href: string;
    patient?: ComponentChildren;
    detail?: ComponentChildren;
    selected?: boolean;
  },
): ListRow {
  return {
    key: summary.id,
    href: options.href,
    title: <bdi>{summary.question}</bdi>,
    lead: <UrgencyBadge urgency={summary.urgencyNow} />,
    detail: (
      <>
        {options.patient && <>{options.patient} · </>}
        {personText(summary.patient)} · {options.detail ?? statusName(summary.status)}
      </>
    ),
    aside: isOpen(summary) && summary.dueAt ? <TimeLeft until={summary.dueAt} /> : undefined,
    ...(options.selected === undefined ? {} : { selected: options.selected }),
  };
}

/** Allergies where nobody can overlook them. */
export function AllergyBadges({ allergies }: { allergies: Schema<"Allergies"> }): JSX.Element {
  switch (allergies.state) {
    case "none":
      return <Badge tone="green">{t("allergiesNone")}</Badge>;
    case "unknown":
      return <Badge tone="orange">{t("allergiesUnknown")}</Badge>;
    case "listed":
      return (
        <>
          {(allergies.list ?? []).map((what) => (
            <Badge tone="red" key={what}>
              {t("allergyTo", { what })}
            </Badge>
          ))}
        </>
      );
  }
}

/** Whom it is about, on one line, with the allergies. Name and number only when they are given. */
export function PatientHeader({ patient }: { patient: Schema<"PatientShared"> }): JSX.Element {
  return (
    <div class="case-patient">
      <p class="case-person">
        {patient.name && (
          <strong>
            <bdi>{patient.name}</bdi>
          </strong>
        )}
        <span>{personText(patient)}</span>
        {patient.localNumber && (
          <span class="muted">
            <bdi>{t("localNumber", { number: patient.localNumber })}</bdi>
          </span>
        )}
        <span class="muted">{t("speaks", { language: languageName(patient.language) })}</span>
      </p>
      <div class="row">
        <AllergyBadges allergies={patient.allergies} />
      </div>
    </div>
  );
}

/** The first telephone number in a text, as it can be dialled. */
export function phoneIn(text: string): string | undefined {
  const found = /\+?\d[\d\s().-]{5,}\d/.exec(text)?.[0];
  const dialled = found?.replace(/[^\d+]/g, "");
  return dialled && dialled.replace("+", "").length >= 6 ? dialled : undefined;
}

/** What to do here and now; stands first on everything red. `short` where it was read before. */
export function EmergencySteps(props: {
  contact: string | undefined;
  short?: boolean;
}): JSX.Element {
  const call = <EmergencyCall contact={props.contact} />;
  return (
    <Notice tone="error" title={t("emergency")}>
      {props.short ? (
        call
      ) : (
        <>
          <p>{t("emergencyLead")}</p>
          <ol class="emergency-steps">
            <li>{t("emergencyStep1")}</li>
            <li>{call}</li>
            <li>{t("emergencyStep2")}</li>
          </ol>
        </>
      )}
    </Notice>
  );
}

function EmergencyCall({ contact }: { contact: string | undefined }): JSX.Element {
  if (contact === undefined) return <>{t("emergencyNoContact")}</>;
  const phone = phoneIn(contact);
  return phone === undefined ? (
    <strong>{t("emergencyCall", { contact })}</strong>
  ) : (
    <a class="emergency-call" href={`tel:${phone}`}>
      {t("emergencyCall", { contact })}
    </a>
  );
}
