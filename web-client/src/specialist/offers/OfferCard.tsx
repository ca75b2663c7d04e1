import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import {
  languageName,
  modeName,
  personText,
  timeThere,
  UrgencyBadge,
  useSpecialtyName,
} from "../../consult";
import { navigate } from "../../router";
import { dayAndTime, useNow } from "../../time";
import {
  Actions,
  Button,
  Card,
  Disclosure,
  Facts,
  Notice,
  ProblemNotice,
  TimeLeft,
  toast,
  When,
} from "../../ui";
import { t } from "../words";
import { RefuseDialog } from "./RefuseDialog";
import "./offers.css";
import { Sentence } from "../../said/Sentence";

/** One offer: all that may be said before it is accepted, and the two answers. */
export function OfferCard(props: { offer: Schema<"Offer">; onAnswered: () => void }): JSX.Element {
  const { offer } = props;
  const { about } = offer;
  const now = useNow();
  const specialtyName = useSpecialtyName();
  const [refusing, setRefusing] = useState(false);
  const accept = useAct(
    (key: string) =>
      ok(
        api.POST("/offers/{offerId}/acceptance", {
          params: { path: { offerId: offer.id } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("accepted"));
      navigate(`/specialist/consults/${offer.consultId}`);
    },
  );
  useOpened(offer);
  const gone = accept.problem?.status === 410 || accept.problem?.status === 409;
  return (
    <Card tone={about.urgency}>
      <div class="offer-head">
        <UrgencyBadge urgency={about.urgency} />
        <strong>{personText(about)}</strong>
        <span class="offer-time">
          <TimeLeft until={offer.expiresAt} />
        </span>
      </div>
      {offer.remindedAt && <Notice tone="warning">{t("reminded")}</Notice>}
      <p class="offer-question" dir="auto" lang={about.clinicLanguage}>
        {about.question}
      </p>
      <Facts
        facts={[
          { label: t("site"), value: t("siteTime", placeNow(about.site, now)) },
          {
            label: t("languages"),
            value: (
              <>
                {t("patientSpeaks", { language: languageName(about.patientLanguage) })}
                <br />
                {t("clinicWrites", { language: languageName(about.clinicLanguage) })}
              </>
            ),
          },
          { label: t("specialty"), value: specialtyName(about.specialty) },
          { label: t("mode"), value: modeName(about.mode) },
          ...(about.answerDueAt
            ? [{ label: t("answerDueLabel"), value: <When at={about.answerDueAt} /> }]
            : []),
        ]}
      />
      {offer.terms.length > 0 && (
        <Disclosure summary={t("whyYou")}>
          <ul class="offer-terms">
            {offer.terms.map((term) => (
              <li key={term.code}>
                <Sentence text={term.sentence} said={term.said} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {accept.problem && (
        <ProblemNotice problem={accept.problem} {...(gone ? { onRetry: props.onAnswered } : {})} />
      )}
      <div class="offer-answer">
        <span class="muted small">
          {t("expires", { time: dayAndTime(offer.expiresAt, undefined, now) })}
        </span>
        <Actions>
          <Button
            label={t("refuseLabel", { question: about.question })}
            onPress={() => setRefusing(true)}
          >
            {t("refuse")}
          </Button>
          <Button
            kind="primary"
            icon="check"
            label={t("acceptLabel", { question: about.question })}
            busy={accept.busy}
            onPress={() => accept.run()}
          >
            {t("accept")}
          </Button>
        </Actions>
      </div>
      {refusing && (
        <RefuseDialog
          offer={offer}
          onClose={() => setRefusing(false)}
          onRefused={() => {
            setRefusing(false);
            props.onAnswered();
          }}
        />
      )}
    </Card>
  );
}

/** Tells once that the offer was opened; the coordinator sees it. Failing changes nothing here. */
function useOpened({ id, status, seenAt }: Schema<"Offer">): void {
  const unseen = status === "open" && seenAt === undefined;
  const opened = useAct((key: string) =>
    ok(
      api.POST("/offers/{offerId}/opening", {
        params: { path: { offerId: id } },
        headers: once(key),
      }),
    ),
  );
  useEffect(() => {
    if (unseen) opened.run();
  }, [id, unseen]);
}

function placeNow(site: Schema<"SiteRef">, now: number): { site: string; time: string } {
  return { site: site.name, time: timeThere(site.zone, now) };
}
