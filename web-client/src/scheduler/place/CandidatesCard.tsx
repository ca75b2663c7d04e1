import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { genderWishName, useSpecialtyName } from "../../consult";
import { comma } from "../../i18n/comma";
import { useResource } from "../../resource";
import { useNow } from "../../time";
import { Badge, Button, Card, Disclosure, EmptyState, Load } from "../../ui";
import { t } from "../words";
import {
  byWeight,
  clockThere,
  dutySentence,
  languagesSentence,
  loadSentence,
  placed,
  pointsText,
} from "./candidates";
import { OfferDialog } from "./OfferDialog";
import { Sentence } from "../../said/Sentence";

type Candidate = Schema<"Candidate">;
type Summary = Schema<"ConsultSummary">;

/** Candidates that are shown without asking for more. */
const CANDIDATES_SHOWN = 5;
/** Reasons that are shown without asking for all of them. */
const REASONS_SHOWN = 3;

/** The specialists ranked for this consult; each rank says what it is made of. */
export function CandidatesCard(props: {
  summary: Summary;
  /** False while an offer is out: then the ranking is read, not acted on. */
  mayOffer: boolean;
  onOffered: () => void;
}): JSX.Element {
  const { summary } = props;
  const candidates = useResource(
    () =>
      ok(
        api.GET("/consults/{consultId}/candidates", {
          params: { path: { consultId: summary.id } },
        }),
      ),
    [summary.id, summary.version],
    { live: "roster" },
  );
  const ranked = (
    <Load from={candidates} rows={4}>
      {({ items }) => <Ranked {...props} candidates={items} />}
    </Load>
  );
  return props.mayOffer ? (
    <Card title={t("candidates")}>{ranked}</Card>
  ) : (
    <Card>
      <Disclosure summary={t("next")}>{ranked}</Disclosure>
    </Card>
  );
}

function Ranked(props: {
  candidates: readonly Candidate[];
  summary: Summary;
  mayOffer: boolean;
  onOffered: () => void;
}): JSX.Element {
  const { able, barred } = placed(props.candidates);
  const wish = props.summary.genderWish;
  const now = useNow();
  const [asking, setAsking] = useState<Candidate>();
  const list = (shown: readonly Candidate[]) => (
    <ol class="candidates">
      {shown.map((candidate) => (
        <li key={candidate.specialist.id} class="candidate">
          <CandidateHead candidate={candidate} now={now}>
            {props.mayOffer && (
              <Button
                kind={candidate.rank === 1 ? "primary" : "plain"}
                label={t("offerLabel", { name: candidate.specialist.name })}
                onPress={() => setAsking(candidate)}
              >
                {t("offer")}
              </Button>
            )}
          </CandidateHead>
          <Reasons candidate={candidate} />
        </li>
      ))}
    </ol>
  );
  return (
    <>
      {wish && <p>{t("genderWish", { wish: genderWishName(wish) })}</p>}
      {able.length === 0 ? (
        <EmptyState icon="people" title={t("candidatesNone")}>
          {t("candidatesNoneLead")}
        </EmptyState>
      ) : (
        <>
          <p class="muted">{t("candidatesLead", { count: able.length })}</p>
          {list(able.slice(0, CANDIDATES_SHOWN))}
          {able.length > CANDIDATES_SHOWN && (
            <Disclosure summary={t("more", { count: able.length - CANDIDATES_SHOWN })}>
              {list(able.slice(CANDIDATES_SHOWN))}
            </Disclosure>
          )}
        </>
      )}
      {barred.length > 0 && (
        <Disclosure summary={t("barred", { count: barred.length })} open={able.length === 0}>
          <ul class="candidates">
            {barred.map((candidate) => (
              <li key={candidate.specialist.id} class="candidate candidate-barred">
                <CandidateHead candidate={candidate} now={now} />
                <ul class="candidate-bars">
                  {candidate.barred.map((term) => (
                    <li key={term.code}>
                      <Sentence text={term.sentence} said={term.said} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {asking && (
        <OfferDialog
          candidate={asking}
          summary={props.summary}
          onClose={() => setAsking(undefined)}
          onOffered={() => {
            setAsking(undefined);
            props.onOffered();
          }}
        />
      )}
    </>
  );
}

function CandidateHead(props: {
  candidate: Candidate;
  now: number;
  children?: JSX.Element | false;
}): JSX.Element {
  const { candidate, now } = props;
  const specialtyName = useSpecialtyName();
  return (
    <div class="candidate-head">
      <div class="candidate-words">
        <p>
          {candidate.rank > 0 && <span class="candidate-rank">{candidate.rank}. </span>}
          <strong>
            <bdi>{candidate.specialist.name}</bdi>
          </strong>{" "}
          <span class="muted">
            {candidate.specialties.map((code) => specialtyName(code)).join(comma())}
          </span>
        </p>
        <p class="candidate-when">
          <Badge tone={candidate.onDutyNow ? "green" : "neutral"}>
            {candidate.onDutyNow ? t("onDuty") : t("onDutyNot")}
          </Badge>{" "}
          {clockThere(candidate, now)}
          {!candidate.onDutyNow && ` · ${dutySentence(candidate, now)}`}
        </p>
        <p class="muted small">
          {languagesSentence(candidate)} · {loadSentence(candidate)}
        </p>
      </div>
      {props.children}
    </div>
  );
}

function Reasons({ candidate }: { candidate: Candidate }): JSX.Element {
  const terms = byWeight(candidate.terms);
  const telling = terms.filter(({ points }) => points !== 0);
  const rest = [...telling.slice(REASONS_SHOWN), ...terms.filter(({ points }) => points === 0)];
  return (
    <div class="candidate-reasons">
      <Terms terms={telling.slice(0, REASONS_SHOWN)} />
      <Disclosure summary={`${t("reasons")} · ${t("score", { count: candidate.score })}`}>
        <Terms terms={rest} />
      </Disclosure>
    </div>
  );
}

function Terms({ terms }: { terms: readonly Schema<"Term">[] }): JSX.Element {
  return (
    <ul class="terms">
      {terms.map((term) => (
        <li key={term.code}>
          <span class={`term-points ${term.points < 0 ? "term-against" : ""}`}>
            {pointsText(term.points)}
          </span>
          <Sentence text={term.sentence} said={term.said} />
        </li>
      ))}
    </ul>
  );
}
