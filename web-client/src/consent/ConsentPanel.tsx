import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok } from "../api/client";
import type { Handed } from "../offline/acts";
import { useWaiting } from "../offline/hand";
import { NotTaken } from "../offline/NotTaken";
import { useResource } from "../resource";
import { useResumed } from "../resume";
import { Badge, Button, Card, Disclosure, Load, Row, Stack, toast, When } from "../ui";
import { t as offline } from "../offline/words";
import { AskDialog, TakeBackDialog } from "./dialogs";
import {
  answersTo,
  askDraft,
  backDraft,
  type Consent,
  holding,
  isNotTaken,
  notUndone,
  PURPOSES,
  type Purpose,
  purposeTitle,
  waitingFor,
} from "./state";
import { t } from "./words";

/** What the patient agrees to, purpose by purpose; the clinic asks, writes down and takes back. */
export default function ConsentPanel(props: {
  consultId: string;
  /** BCP 47, as the patient speaks. */
  language: string;
  /** Only the treating clinic decides with the patient. */
  mayChange: boolean;
  onChanged?: () => void;
}): JSX.Element {
  const { consultId } = props;
  const consents = useResource(
    () => ok(api.GET("/consults/{consultId}/consents", { params: { path: { consultId } } })),
    [consultId],
    { live: consultId },
  );
  const [open, setOpen] = useState<{ act: "ask" | "back"; purpose: Purpose }>();
  const close = () => setOpen(undefined);
  const waiting = useWaiting(["consent", "consent-back"], consultId, () => {
    consents.reload();
    props.onChanged?.();
  });
  useResumed(
    PURPOSES.flatMap((purpose) => [askDraft(consultId, purpose), backDraft(consultId, purpose)]),
    (draft) => {
      const purpose = PURPOSES.find((one) => draft.endsWith(` ${one}`));
      const act = draft === (purpose && askDraft(consultId, purpose)) ? "ask" : "back";
      if (purpose && props.mayChange) setOpen({ act, purpose });
    },
  );
  const kept = (handed: Handed, sentence: string) => {
    close();
    toast(handed.kind === "sent" ? sentence : offline("kept"));
  };
  return (
    <Card title={t("consents")}>
      <Load from={consents} rows={3}>
        {({ items }) => (
          <Stack>
            <ul class="stack stack-small">
              {PURPOSES.map((purpose) => (
                <li key={purpose}>
                  <Line
                    purpose={purpose}
                    newest={holding(items, purpose)?.decision}
                    waiting={waitingFor(waiting, purpose)?.decision}
                    notTaken={isNotTaken(waiting, purpose)}
                    {...(props.mayChange && { onOpen: (act) => setOpen({ act, purpose }) })}
                  />
                </li>
              ))}
            </ul>
            {items.length > 0 && (
              <Disclosure summary={t("history")}>
                <ol class="stack stack-small">
                  {[...items].reverse().map((consent) => (
                    <li key={consent.id}>
                      <Answer consent={consent} />
                    </li>
                  ))}
                </ol>
              </Disclosure>
            )}
            {open?.act === "ask" && (
              <AskDialog
                {...props}
                purpose={open.purpose}
                known={answersTo(items, waiting, open.purpose)}
                onClose={close}
                onKept={(handed) => kept(handed, t("recorded"))}
              />
            )}
            {open?.act === "back" && (
              <TakeBackDialog
                consultId={consultId}
                purpose={open.purpose}
                known={answersTo(items, waiting, open.purpose)}
                onClose={close}
                onKept={(handed) => kept(handed, t("takenBack"))}
              />
            )}
          </Stack>
        )}
      </Load>
    </Card>
  );
}

function Line(props: {
  purpose: Purpose;
  newest: Consent["decision"] | undefined;
  /** What waits on this device to be sent about it. */
  waiting: Consent["decision"] | undefined;
  /** The server would not take an answer that was given here. */
  notTaken: boolean;
  onOpen?: (act: "ask" | "back") => void;
}): JSX.Element {
  const { purpose, waiting, onOpen } = props;
  const newest = waiting ?? props.newest;
  const granted = newest === "granted";
  return (
    <Row>
      <span>{purposeTitle(purpose)}</span>
      <State decision={newest} />
      {waiting && (
        <a class="small" href="/waiting">
          {offline("pending")}
        </a>
      )}
      {props.notTaken && <NotTaken />}
      {onOpen && (
        <Button small kind="quiet" onPress={() => onOpen(granted ? "back" : "ask")}>
          {granted ? t("takeBack") : newest ? t("askAgain") : t("ask")}
          <span class="unseen"> ({purposeTitle(purpose)})</span>
        </Button>
      )}
    </Row>
  );
}

function State({ decision }: { decision: Consent["decision"] | undefined }): JSX.Element {
  switch (decision) {
    case "granted":
      return <Badge tone="green">{t("agreed")}</Badge>;
    case "refused":
      return <Badge tone="yellow">{t("refused")}</Badge>;
    case "withdrawn":
      return <Badge tone="red">{t("withdrawn")}</Badge>;
    default:
      return <Badge>{t("notAsked")}</Badge>;
  }
}

function Answer({ consent }: { consent: Consent }): JSX.Element {
  const gone = consent.takenBack;
  return (
    <>
      <p>
        <strong>{purposeTitle(consent.purpose)}</strong> <State decision={consent.decision} />
      </p>
      <p>
        {giverText(consent)} · <When at={consent.at} />
      </p>
      <p class="muted">
        {t("by", { name: consent.recordedBy.name })}
        {consent.witness && <> · {t("witnessed", { name: consent.witness })}</>}
      </p>
      {consent.waiverReason && <p dir="auto">{consent.waiverReason}</p>}
      {gone && (
        <>
          <p dir="auto">{t("because", { reason: gone.reason })}</p>
          <ul>
            {notUndone(gone).map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
      {consent.text && (
        <Disclosure summary={t("readThen")}>
          <p class="prose" lang={consent.language} dir="auto">
            {consent.text}
          </p>
        </Disclosure>
      )}
    </>
  );
}

function giverText(consent: Consent): string {
  if (consent.givenBy === "emergency-waiver") return t("nobody");
  if (consent.givenBy === "patient") return t("patient");
  return consent.relation ?? t("guardian");
}
