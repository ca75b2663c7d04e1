import type { JSX } from "preact";
import {
  EmergencySteps,
  PatientHeader,
  UrgencyBadge,
  useRequest,
  useTriageRules,
  valueOf,
} from "../consult";
import { vitalSeries } from "../consult/vitals";
import { Badge, Load, Loading, When } from "../ui";
import type { Schema } from "../api/client";
import { t } from "./words";

/** What the call is about, in short: whom, the question, the figures. The rest is one link away. */
export function CasePanel(props: {
  consultId: string;
  href: string;
  /** Where the patient is, for who is called there in an emergency. */
  site: Schema<"SiteRef"> | undefined;
}): JSX.Element {
  const request = useRequest(props.consultId);
  return (
    <div class="stack call-case">
      <Load from={request}>{(it) => <Case request={it} site={props.site} />}</Load>
      <p>
        <a href={props.href} target="_blank" rel="noopener">
          {t("openConsult")}
        </a>
        <br />
        <span class="muted small">{t("opensBeside")}</span>
      </p>
    </div>
  );
}

function Case(props: {
  request: Schema<"Request">;
  site: Schema<"SiteRef"> | undefined;
}): JSX.Element {
  const { request, site } = props;
  const { content, triage, patient } = request;
  const urgency = request.urgencyRequested ?? triage.urgency;
  // Their names come with the rules; a figure is never shown under its code first.
  const rules = useTriageRules();
  const naming = rules.state.kind === "loading";
  const vitals = content.assessment?.vitals ?? [];
  const series = naming ? [] : vitalSeries(vitals, valueOf(rules), triage.reasons);
  return (
    <>
      {urgency === "red" && <EmergencySteps contact={site?.emergencyContact} />}
      <div>
        <UrgencyBadge urgency={urgency} />
      </div>
      <PatientHeader patient={patient} />
      <div>
        <h3 class="case-label">{t("question")}</h3>
        <p class="prose call-question" dir="auto" lang={content.language}>
          {content.situation?.question}
        </p>
      </div>
      <div>
        <h3 class="case-label">{t("vitals")}</h3>
        {naming ? (
          <Loading rows={2} />
        ) : series.length === 0 ? (
          <p class="muted">{t("noVitals")}</p>
        ) : (
          <ul class="call-vitals">
            {series.map((one) => (
              <li key={one.code}>
                <span>{one.label}</span>
                <span>
                  <strong>{one.text}</strong> {one.unit}{" "}
                  {one.reason && <Badge tone={one.reason.urgency}>{t("raises")}</Badge>}
                </span>
                {one.takenAt && (
                  <span class="muted small">
                    <When at={one.takenAt} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
