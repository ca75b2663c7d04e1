import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../api/client";
import { LetterLink } from "../letter/LetterLink";
import { Badge, Card, Disclosure, EmptyState, Facts, Stack, When } from "../ui";
import { Text } from "./CaseView";
import { DecisionShown } from "./Decision";
import { prescriptionText, recommendationKindName, recommendationUrgencyName } from "./names";
import { t } from "./words";
import "./consult.css";

type Note = Schema<"SignedNote">;
type Recommendation = Schema<"Recommendation">;

/**
 * The signed answers, the newest open. `decision` draws what stands under each recommendation: a
 * form for the treating clinician; without it the decision is only shown.
 */
export function SignedNotes(props: {
  consultId: string;
  notes: readonly Note[];
  decision?: (recommendation: Recommendation, note: Note) => ComponentChildren;
  /** Shown while there is no note; the sentence for the clinic unless said. */
  empty?: string;
}): JSX.Element {
  if (props.notes.length === 0) {
    return (
      <EmptyState icon="note" title={t("noNotes")}>
        {props.empty ?? t("noNotesLead")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      {props.notes.map((note, index) => (
        <SignedNote
          key={note.id}
          consultId={props.consultId}
          note={note}
          first={index === 0}
          decision={props.decision}
        />
      ))}
    </Stack>
  );
}

function SignedNote(props: {
  consultId: string;
  note: Note;
  first: boolean;
  decision: ((recommendation: Recommendation, note: Note) => ComponentChildren) | undefined;
}): JSX.Element {
  const { note } = props;
  const body = (
    <Stack>
      <NoteBody content={note.content} />
      <Recommendations note={note} decision={props.decision} />
      <Signature note={note} />
      <LetterLink
        path={`/consults/${props.consultId}/notes/${note.id}`}
        language={note.content.language}
      />
    </Stack>
  );
  return (
    <Card tone={props.first ? "raised" : "plain"}>
      <p class="note-head">
        <strong>
          <bdi>{note.author.name}</bdi>
        </strong>
        <When at={note.signedAt} />
        {note.version > 1 && <Badge>{t("noteVersion", { version: note.version })}</Badge>}
      </p>
      {props.first ? (
        body
      ) : (
        <Disclosure summary={note.content.answer || t("answerTitle")}>{body}</Disclosure>
      )}
    </Card>
  );
}

/** What a note says apart from its recommendations; also the preview before it is signed. */
export function NoteBody({ content }: { content: Schema<"NoteContent"> }): JSX.Element {
  const { language } = content;
  return (
    <>
      {content.answer && (
        <p class="prose case-question" dir="auto" lang={language}>
          {content.answer}
        </p>
      )}
      <Text label={t("impression")} text={content.impression} lang={language} />
      {content.certainty && <Text label={t("certainty")} text={t(content.certainty)} />}
      <Text label={t("avoid")} text={content.avoid} lang={language} />
      <Text label={t("watchFor")} text={content.watchFor} lang={language} />
      <Text label={t("limits")} text={content.limits} lang={language} />
      <Text label={t("learningPoint")} text={content.learningPoint} lang={language} />
    </>
  );
}

function Recommendations(props: {
  note: Note;
  decision: ((recommendation: Recommendation, note: Note) => ComponentChildren) | undefined;
}): JSX.Element {
  const { recommendations } = props.note;
  if (recommendations.length === 0) return <p class="muted">{t("noRecommendations")}</p>;
  return (
    <div>
      <h3>{t("recommendations")}</h3>
      <ol class="recommendations">
        {recommendations.map((recommendation) => (
          <li key={recommendation.id}>
            <RecommendationBody
              content={recommendation.content}
              lang={props.note.content.language}
            />
            {props.decision ? (
              props.decision(recommendation, props.note)
            ) : (
              <DecisionShown recommendation={recommendation} />
            )}
          </li>
        ))}
      </ol>
      <p class="muted small">{t("adviceNotOrder")}</p>
    </div>
  );
}

/** One recommendation: kind, how soon, what, the drug in one line, and what else would do. */
export function RecommendationBody(props: {
  content: Schema<"RecommendationContent">;
  lang?: string;
}): JSX.Element {
  const { content } = props;
  const prescription = prescriptionText(content);
  const soon =
    content.urgency === "now" ? "red" : content.urgency === "today" ? "orange" : "neutral";
  return (
    <div class="recommendation">
      <div class="row">
        <strong>{recommendationKindName(content.kind)}</strong>
        <Badge tone={soon}>{recommendationUrgencyName(content.urgency)}</Badge>
      </div>
      <p class="prose" dir="auto" lang={props.lang}>
        {content.text}
      </p>
      {prescription && (
        <p class="prescription">
          <bdi>{prescription}</bdi>
        </p>
      )}
      {content.alternative && (
        <p class="muted" dir="auto">
          {t("ifNotAvailable", { what: content.alternative })}
        </p>
      )}
    </div>
  );
}

function Signature({ note }: { note: Note }): JSX.Element {
  const { author } = note;
  const registration = [author.registration, author.country].filter((part) => part).join(", ");
  return (
    <Disclosure summary={t("signedBy", { name: author.name })}>
      <Facts
        facts={[
          { label: t("signedAt"), value: <When at={note.signedAt} /> },
          ...(registration ? [{ label: t("registration"), value: registration }] : []),
          {
            label: t("readAtClinic"),
            value: note.readAt ? <When at={note.readAt} /> : t("notRead"),
          },
          { label: t("keyId"), value: <code>{note.keyId}</code> },
          { label: t("hash"), value: <code>{note.sha256}</code> },
          ...(note.previousSha256
            ? [{ label: t("previousHash"), value: <code>{note.previousSha256}</code> }]
            : []),
          { label: t("signature"), value: <code>{note.signature}</code> },
        ]}
      />
    </Disclosure>
  );
}
