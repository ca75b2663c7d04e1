import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { Card, Disclosure, Facts, lazy, Loading, Stack, When } from "../ui";
import {
  genderWishName,
  modeName,
  pregnancyText,
  purposeName,
  settingName,
  urgencyName,
  wantedName,
} from "./names";
import { EmergencySteps, PatientHeader, UrgencyBadge } from "./parts";
import { reasonText, scoreName, useSpecialtyName, useTriageRules, valueOf } from "./reference";
import { FormAnswers } from "./FormAnswers";
import { Supplements } from "./Supplements";
import { VitalsCard } from "./VitalsCard";
import { t } from "./words";
import "./consult.css";

type Request = Schema<"Request">;
type Rules = Schema<"TriageRules">;

const FilesPanel = lazy(() => import("../files/FilesPanel"));
const HealthCard = lazy(() => import("../health/ConsultHealthCard"));

/**
 * The request on one screen: the question first, then everything needed to answer it. `urgency` is
 * the one that counts now; before a coordinator has looked it is the triage's own.
 */
export function CaseView(props: {
  request: Request;
  urgency?: Schema<"Urgency">;
  site?: Schema<"SiteRef"> | undefined;
  /** The page's title is the question, so it is not said again. */
  questionAbove?: boolean;
  /** What the reader may do with pictures and files. */
  files?: { mayAdd?: boolean; mayAsk?: boolean };
}): JSX.Element {
  const { request, site } = props;
  const urgency = props.urgency ?? request.urgencyRequested ?? request.triage.urgency;
  const rules = useTriageRules();
  return (
    <Stack>
      {urgency === "red" && <EmergencySteps contact={site?.emergencyContact} />}
      <QuestionCard
        request={request}
        site={site}
        urgency={urgency}
        questionAbove={props.questionAbove ?? false}
      />
      <FilesPanel consultId={request.consultId} {...props.files} quiet={!props.files?.mayAdd} />
      <UrgencyCard request={request} urgency={urgency} />
      {rules.state.kind === "loading" ? (
        <Loading rows={2} />
      ) : (
        <>
          <VitalsCard request={request} rules={valueOf(rules)} />
          <SignsCard request={request} rules={valueOf(rules)} />
        </>
      )}
      <Supplements request={request} />
      <FormAnswers request={request} />
      <Story request={request} />
      <HealthCard consultId={request.consultId} />
      <Consents request={request} />
    </Stack>
  );
}

function QuestionCard(props: {
  request: Request;
  site: Schema<"SiteRef"> | undefined;
  urgency: Schema<"Urgency">;
  questionAbove: boolean;
}): JSX.Element {
  const { content, requester, patient } = props.request;
  const situation = content.situation ?? {};
  const { wanted = [], genderWish } = content.recommendation ?? {};
  const specialtyName = useSpecialtyName();
  return (
    <Card tone={props.urgency}>
      {props.questionAbove && <h2 class="unseen">{t("patient")}</h2>}
      <PatientHeader patient={patient} />
      {!props.questionAbove && (
        <div>
          <h2 class="case-label">{t("question")}</h2>
          <p class="prose case-question" dir="auto" lang={content.language}>
            {situation.question || t("noQuestion")}
          </p>
        </div>
      )}
      <Text label={t("concern")} text={situation.concern} lang={content.language} />
      <Facts
        facts={[
          { label: t("mode"), value: modeName(content.mode) },
          {
            label: t("specialtyWanted"),
            value: content.specialty ? specialtyName(content.specialty) : t("coordinatorDecides"),
          },
          ...fact(t("wants"), wanted.length > 0 && wanted.map(wantedName).join(comma())),
          ...fact(t("genderWish"), genderWish && genderWishName(genderWish)),
          ...fact(t("setting"), situation.setting && settingName(situation.setting)),
          ...fact(
            t("canWaitUntil"),
            situation.canWaitUntil && (
              <When
                at={situation.canWaitUntil}
                {...(props.site ? { zone: props.site.zone } : {})}
              />
            ),
          ),
        ]}
      />
      {props.site && (
        <p class="muted small">
          <bdi>{t("askedBy", { name: requester.name, site: props.site.name })}</bdi>
        </p>
      )}
    </Card>
  );
}

function UrgencyCard(props: { request: Request; urgency: Schema<"Urgency"> }): JSX.Element {
  const { triage, urgencyRequested, urgencyReason } = props.request;
  return (
    <Card title={t("urgency")} actions={<UrgencyBadge urgency={props.urgency} />}>
      <TriageReasons triage={triage} />
      {urgencyRequested && urgencyRequested !== triage.urgency && (
        <p>
          {t("requestedBecause", {
            urgency: urgencyName(urgencyRequested),
            reason: urgencyReason ?? "",
          })}
        </p>
      )}
      <ScoreLine triage={triage} />
      <p class="muted small">{t("ruleVersion", { version: triage.ruleVersion })}</p>
    </Card>
  );
}

/** The early-warning score that was counted, and what is missing for it to be whole. */
export function ScoreLine({ triage }: { triage: Schema<"Triage"> }): JSX.Element | null {
  const { score } = triage;
  if (!score) return null;
  const missing = score.missing.join(comma());
  return (
    <p class="small">
      {t("score", { name: scoreName(score), total: score.total })}
      {missing && <span class="muted"> {t("scoreMissing", { what: missing })}</span>}
    </p>
  );
}

/** Why the urgency is what it is, the gravest reason first. */
export function TriageReasons({ triage }: { triage: Schema<"Triage"> }): JSX.Element {
  if (triage.reasons.length === 0) return <p class="muted">{t("noReasons")}</p>;
  return (
    <ul class="case-reasons">
      {triage.reasons.map((reason) => (
        <li key={reason.code}>
          <UrgencyBadge urgency={reason.urgency} />
          <span>{reasonText(reason)}</span>
        </li>
      ))}
    </ul>
  );
}

function SignsCard(props: { request: Request; rules: Rules | undefined }): JSX.Element {
  const { content, triage } = props.request;
  const answers = content.assessment?.dangerSigns ?? [];
  const label = (code: string) =>
    props.rules?.dangerSigns.find((sign) => sign.code === code)?.label ?? code;
  const present = answers.filter((answer) => answer.present);
  const absent = answers.filter((answer) => !answer.present);
  return (
    <Card title={t("dangerSigns")}>
      {answers.length === 0 ? (
        <p class="muted">{t("noSigns")}</p>
      ) : (
        <div>
          <h3>{t("present")}</h3>
          {present.length === 0 ? (
            <p>{t("nonePresent")}</p>
          ) : (
            <ul class="signs-present">
              {present.map(({ code }) => (
                <li key={code}>{label(code)}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {absent.length > 0 && (
        <Disclosure summary={t("absent", { count: absent.length })}>
          <ul class="signs-absent">
            {absent.map(({ code }) => (
              <li key={code}>{label(code)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
      {triage.unanswered.length > 0 && (
        <div>
          <h3>{t("notAnswered")}</h3>
          <p class="muted">{triage.unanswered.map(label).join(" · ")}</p>
        </div>
      )}
    </Card>
  );
}

/** Background, assessment and what is possible; what is missing is said in one line. */
function Story({ request }: { request: Request }): JSX.Element {
  const { background = {}, assessment = {}, recommendation = {}, language } = request.content;
  const pregnancy = background.pregnancy && pregnancyText(background.pregnancy);
  return (
    <>
      <Texts
        title={t("background")}
        lang={language}
        texts={[
          [t("onset"), background.onset],
          [t("history"), background.history],
          [t("medicines"), background.medicines],
          [t("social"), background.social],
        ]}
      >
        {pregnancy && <Text label={t("pregnancy")} text={pregnancy} />}
      </Texts>
      <Texts
        title={t("assessment")}
        lang={language}
        texts={[
          [t("findings"), assessment.findings],
          [t("tests"), assessment.tests],
          [t("diagnosis"), assessment.diagnosis],
        ]}
      />
      <Texts
        title={t("possible")}
        lang={language}
        texts={[
          [t("treatmentGiven"), recommendation.treatmentGiven],
          [t("possibleHere"), recommendation.possibleHere],
          [t("transfer"), recommendation.transfer],
        ]}
      />
    </>
  );
}

function Texts(props: {
  title: string;
  lang: string;
  texts: readonly (readonly [string, string | undefined])[];
  children?: ComponentChildren;
}): JSX.Element {
  const missing = props.texts.filter(([, text]) => !text).map(([label]) => label);
  return (
    <Card title={props.title}>
      {props.texts.map(([label, text]) => (
        <Text key={label} label={label} text={text} lang={props.lang} />
      ))}
      {props.children}
      {missing.length > 0 && (
        <p class="muted small">{t("notStated", { what: missing.join(comma()) })}</p>
      )}
    </Card>
  );
}

/** A labelled text that somebody typed; nothing when it is empty. */
export function Text(props: {
  label: string;
  text: string | undefined;
  lang?: string;
}): JSX.Element | null {
  if (!props.text) return null;
  return (
    <div>
      <h3 class="case-label">{props.label}</h3>
      <p class="prose" dir="auto" lang={props.lang}>
        {props.text}
      </p>
    </div>
  );
}

function Consents({ request }: { request: Request }): JSX.Element | null {
  const consents = request.consents ?? [];
  if (consents.length === 0) return null;
  return (
    <Disclosure summary={t("consents")}>
      <ul class="stack stack-small">
        {consents.map((consent) => (
          <li key={`${consent.purpose} ${consent.at}`}>
            {t("consentLine", {
              purpose: purposeName(consent.purpose),
              decision: decisionText(consent.decision),
              givenBy: givenByText(consent.givenBy),
            })}{" "}
            <span class="muted">
              <When at={consent.at} />
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function decisionText(decision: string): string {
  if (decision === "withdrawn") return t("takenBack");
  return decision === "granted" ? t("granted") : t("refused");
}

function givenByText(givenBy: string): string {
  switch (givenBy) {
    case "patient":
      return t("byPatient");
    case "guardian":
      return t("byGuardian");
    default:
      return t("byWaiver");
  }
}

function fact(
  label: string,
  value: ComponentChildren | undefined | "" | false,
): { label: string; value: ComponentChildren }[] {
  return value === undefined || value === "" || value === false ? [] : [{ label, value }];
}
