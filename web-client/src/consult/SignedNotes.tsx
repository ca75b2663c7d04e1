import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { LetterLink } from "../letter/LetterLink";
import { Badge, Card, Disclosure, EmptyState, Facts, Notice, Stack, When } from "../ui";
import { Text } from "./CaseView";
import { DecisionShown } from "./Decision";
import { prescriptionText, recommendationKindName, recommendationUrgencyName } from "./names";
import { t } from "./words";
import "./consult.css";
import { Sentence } from "../said/Sentence";

type Note = Schema<"SignedNote">;
type Recommendation = Schema<"Recommendation">;

interface Shown {
  readonly consultId: string;
  readonly decision?:
    ((recommendation: Recommendation, note: Note) => ComponentChildren) | undefined;
  /** What may be done about a note, under it. */
  readonly acts?: ((note: Note) => ComponentChildren) | undefined;
}

/**
 * The signed answers, the newest open, each with what was added to it. A corrected text stands
 * struck under its correction; of a note that was taken back only that is said. `decision` draws
 * what stands under each recommendation: a form for the treating clinician; without it the decision
 * is only shown.
 */
export function SignedNotes(
  props: Shown & {
    notes: readonly Note[];
    /** Shown while there is no note; the sentence for the clinic unless said. */
    empty?: string;
  },
): JSX.Element {
  if (props.notes.length === 0) {
    return (
      <EmptyState icon="note" title={t("noNotes")}>
        {props.empty ?? t("noNotesLead")}
      </EmptyState>
    );
  }
  const heads = headsOf(props.notes);
  return (
    <Stack>
      {heads.map((note, index) => (
        <SignedNote
          key={note.id}
          consultId={props.consultId}
          note={note}
          all={props.notes}
          first={index === 0}
          decision={props.decision}
          acts={props.acts}
        />
      ))}
    </Stack>
  );
}

/** What stands by itself: neither added to another, nor replaced, nor the taking back of one. */
export function headsOf(notes: readonly Note[]): Note[] {
  const known = new Set(notes.map(({ id }) => id));
  return notes.filter(
    ({ id, kind, state, amends }) =>
      state !== "corrected" &&
      kind !== "retraction" &&
      !(kind === "addendum" && known.has(amends ?? "")) &&
      !(state === "retracted" && isReplaced(id, notes)),
  );
}

function isReplaced(note: string, notes: readonly Note[]): boolean {
  return notes.some(({ kind, amends }) => kind === "correction" && amends === note);
}

function SignedNote(
  props: Shown & { note: Note; all: readonly Note[]; first: boolean },
): JSX.Element {
  const { note, all } = props;
  if (note.state === "retracted") return <Retracted note={note} all={all} />;
  const body = (
    <Stack>
      <OneNote
        consultId={props.consultId}
        note={note}
        all={all}
        decision={props.decision}
        acts={props.acts}
      />
      {addendaOf(note, all).map((added) => (
        <section key={added.id} class="note-addendum">
          <p class="note-head">
            <Badge tone="blue">{t("addendum")}</Badge>
            <bdi>{added.author.name}</bdi>
            <When at={added.signedAt} />
          </p>
          <OneNote
            consultId={props.consultId}
            note={added}
            all={all}
            decision={props.decision}
            acts={props.acts}
          />
        </section>
      ))}
    </Stack>
  );
  return (
    <Card tone={props.first ? "raised" : "plain"}>
      <p class="note-head">
        <strong>
          <bdi>{note.author.name}</bdi>
        </strong>
        <When at={note.signedAt} />
        {note.kind === "correction" && <Badge tone="orange">{t("correction")}</Badge>}
        {note.kind === "note" && note.version > 1 && (
          <Badge>{t("noteVersion", { version: note.version })}</Badge>
        )}
      </p>
      {props.first ? (
        body
      ) : (
        <Disclosure summary={note.content.answer || t("answerTitle")}>{body}</Disclosure>
      )}
    </Card>
  );
}

function OneNote(props: Shown & { note: Note; all: readonly Note[] }): JSX.Element {
  const { note, all } = props;
  const replaced = note.kind === "correction" && all.find(({ id }) => id === note.amends);
  return (
    <Stack>
      <CoSignature note={note} />
      {note.kind === "correction" && note.reasonText && (
        <Notice>{t("correctedBecause", { reason: note.reasonText })}</Notice>
      )}
      <NoteBody content={note.content} />
      <Recommendations note={note} decision={props.decision} />
      {replaced && (
        <Disclosure summary={t("oldText")}>
          <del class="note-struck">
            <NoteBody content={replaced.content} />
            {replaced.recommendations.map(({ id, content }) => (
              <RecommendationBody key={id} content={content} lang={replaced.content.language} />
            ))}
          </del>
          <Signature note={replaced} />
        </Disclosure>
      )}
      <Signature note={note} />
      <LetterLink
        path={`/consults/${props.consultId}/notes/${note.id}`}
        language={note.content.language}
      />
      {props.acts?.(note)}
    </Stack>
  );
}

/** Those signed later stand lower; what was added to an addendum stands with them. */
function addendaOf(note: Note, all: readonly Note[]): Note[] {
  const line = new Set([note.id]);
  for (let before: string | undefined = note.amends; note.kind === "correction" && before;) {
    line.add(before);
    const corrected = all.find(({ id }) => id === before);
    before = corrected?.kind === "correction" ? corrected.amends : undefined;
  }
  const oldestFirst = [...all].reverse();
  return oldestFirst.filter((one) => {
    const adds = one.kind === "addendum" && one.state === "stands" && line.has(one.amends ?? "");
    if (adds) line.add(one.id);
    return adds;
  });
}

/** Nothing of its text: only that it is gone, and why. */
function Retracted({ note, all }: { note: Note; all: readonly Note[] }): JSX.Element {
  const act = all.find(({ kind, amends }) => kind === "retraction" && amends === note.id);
  return (
    <Card>
      <p class="note-head">
        <Badge tone="red">{t("retracted")}</Badge>
        <bdi>{note.author.name}</bdi>
        <When at={note.signedAt} />
      </p>
      <p>
        {act?.reason === "wrong-patient" ? t("retractedWrongPatient") : t("retractedInError")}{" "}
        {act?.reasonText}
      </p>
      {act && <Signature note={act} />}
    </Card>
  );
}

/** A trainee's note says clearly whether somebody experienced stands behind it. */
function CoSignature({ note }: { note: Note }): JSX.Element | null {
  if (!note.coSignature) return null;
  const { signer, at } = note.coSignature;
  return signer && at ? (
    <p class="note-head">
      <Badge tone="green">{t("coSigned")}</Badge>
      <bdi>{signer.name}</bdi>
      <When at={at} />
    </p>
  ) : (
    <Notice tone="warning" title={t("notCoSigned")}>
      {t("notCoSignedLead")}
    </Notice>
  );
}

/** What a note says apart from its recommendations; also the preview before it is signed. */
export function NoteBody({ content }: { content: Schema<"NoteContent"> }): JSX.Element {
  const { language } = content;
  return (
    <>
      {content.answer && (
        <h2 class="prose case-question" dir="auto" lang={language}>
          {content.answer}
        </h2>
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
  if (recommendations.length === 0) {
    return props.note.kind === "addendum" ? <></> : <p class="muted">{t("noRecommendations")}</p>;
  }
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
            <Warnings
              note={props.note}
              place={props.note.recommendations.indexOf(recommendation)}
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

/** What was warned of when it was signed, and why it was advised all the same. */
function Warnings({ note, place }: { note: Note; place: number }): JSX.Element | null {
  const warnings = note.warnings.filter(({ recommendation }) => recommendation === place);
  if (warnings.length === 0) return null;
  return (
    <ul class="note-warnings">
      {warnings.map(({ code, severity, text, reason }) => (
        <li key={code} class={severity === "info" ? "muted small" : undefined}>
          <Sentence text={text} />
          {reason && (
            <>
              {" "}
              <bdi>{t("allTheSame", { reason })}</bdi>
            </>
          )}
        </li>
      ))}
    </ul>
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
  const registration = [author.registration, author.country].filter((part) => part).join(comma());
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
