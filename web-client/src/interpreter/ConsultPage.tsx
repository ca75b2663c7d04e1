import type { JSX } from "preact";
import type { Schema } from "../api/client";
import {
  CallPanel,
  ConsultLead,
  isOpen,
  languageName,
  personText,
  TeamList,
  Thread,
  useConsult,
  valueOf,
} from "../consult";
import { byDay } from "../scheduler/appointments";
import { ownZone, useNow } from "../time";
import { Card, Load, Notice, Page, TwoPane, When } from "../ui";
import { t } from "./words";

/** What an interpreter needs: which languages, the way into the call, the thread, the people. */
export function ConsultPage({ params }: { params: { consultId: string } }): JSX.Element {
  const consult = useConsult(params.consultId);
  const summary = valueOf(consult)?.summary;
  const now = useNow();
  return (
    <Page
      title={summary ? personText(summary.patient) : t("consult")}
      lead={summary && <ConsultLead summary={summary} />}
      back={{ href: "/interpreter", label: t("back") }}
    >
      <Load from={consult} rows={4}>
        {(value) => (
          <TwoPane
            main={
              <>
                <Card>
                  <p class="prose" dir="auto">
                    {value.summary.question}
                  </p>
                  <p>
                    <strong>{spoken(value.summary)}</strong>
                  </p>
                </Card>
                <Thread consult={value} side="nobody" mayWrite={isOpen(value.summary)} />
              </>
            }
            side={
              <>
                <Booked appointments={value.appointments} now={now} />
                {isOpen(value.summary) && <CallPanel consultId={value.summary.id} />}
                <TeamList team={value.team} />
                <Notice>{t("secret")}</Notice>
              </>
            }
          />
        )}
      </Load>
    </Page>
  );
}

function Booked(props: {
  appointments: readonly Schema<"Appointment">[];
  now: number;
}): JSX.Element {
  const coming = byDay(props.appointments, ownZone(), props.now).flatMap(({ items }) => items);
  return (
    <Card title={t("appointments")}>
      {coming.length === 0 ? (
        <p class="muted">{t("none")}</p>
      ) : (
        <ul class="stack stack-small">
          {coming.map(({ id, start }) => (
            <li key={id}>
              <When at={start} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function spoken({ patient, language }: Schema<"ConsultSummary">): string {
  const speaks = languageName(patient.language);
  return language
    ? t("speaks", { patient: speaks, clinic: languageName(language) })
    : t("speaksPatient", { patient: speaks });
}
