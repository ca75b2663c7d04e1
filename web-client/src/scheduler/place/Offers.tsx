import type { JSX } from "preact";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { dayAndTime, useNow } from "../../time";
import { Badge, Button, Card, ProblemNotice, TimeLeft, toast, type Tone, When } from "../../ui";
import { t } from "../words";

type Offer = Schema<"Offer">;

/** An offer that waits for its answer, counted down. */
export function OpenOffer(props: {
  offer: Offer;
  mayPlace: boolean;
  onWithdrawn: () => void;
}): JSX.Element {
  const { offer } = props;
  const now = useNow();
  const withdraw = useAct(
    (key: string) =>
      ok(
        api.POST("/offers/{offerId}/withdrawal", {
          params: { path: { offerId: offer.id } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("withdrawn"));
      props.onWithdrawn();
    },
  );
  return (
    <Card
      title={<bdi>{t("openOffer", { name: offer.specialist.name })}</bdi>}
      tone="blue"
      actions={<TimeLeft until={offer.expiresAt} />}
    >
      <p class="muted">
        {t("answerBy", { time: dayAndTime(offer.expiresAt, undefined, now) })}. {t("openOfferLead")}
      </p>
      <p class="muted small">{traces(offer, now)}</p>
      {withdraw.problem && <ProblemNotice problem={withdraw.problem} onRetry={props.onWithdrawn} />}
      {props.mayPlace && (
        <div>
          <Button busy={withdraw.busy} onPress={() => withdraw.run()}>
            {t("withdraw")}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** What happened to an offer while it waited: rung, opened, reminded. */
function traces(offer: Offer, now: number): string {
  const time = (at: string) => dayAndTime(at, undefined, now);
  return [
    ...(offer.rang ? [t("offerRang")] : []),
    offer.seenAt ? t("offerSeen", { time: time(offer.seenAt) }) : t("offerUnseen"),
    ...(offer.remindedAt ? [t("offerReminded", { time: time(offer.remindedAt) })] : []),
  ].join(" · ");
}

/** Every attempt to place the consult, the last one first, with what came back. */
export function Hops({ offers }: { offers: readonly Offer[] }): JSX.Element {
  const newestFirst = [...offers].sort((a, b) => b.sentAt.localeCompare(a.sentAt));
  return (
    <Card title={t("hops")}>
      {newestFirst.length === 0 ? (
        <p class="muted">{t("hopsNone")}</p>
      ) : (
        <ol class="hops">
          {newestFirst.map((offer) => (
            <li key={offer.id}>
              <Badge tone={toneOf(offer.status)}>{offerStatus(offer.status)}</Badge>
              <div>
                <bdi>{offer.specialist.name}</bdi>
                {offer.refusal && <span>: {t(offer.refusal.reason)}</span>}
                {offer.refusal?.colleague && (
                  <span>
                    , <bdi>{t("offerColleague", { name: offer.refusal.colleague.name })}</bdi>
                  </span>
                )}
                {offer.refusal?.comment && (
                  <q class="hop-comment">
                    <bdi>{offer.refusal.comment}</bdi>
                  </q>
                )}
                <div class="muted small">
                  <When at={offer.answeredAt ?? offer.sentAt} />
                </div>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function offerStatus(status: Offer["status"]): string {
  switch (status) {
    case "open":
      return t("offerOpen");
    case "accepted":
      return t("offerAccepted");
    case "refused":
      return t("offerRefused");
    case "expired":
      return t("offerExpired");
    case "withdrawn":
      return t("offerWithdrawn");
  }
}

function toneOf(status: Offer["status"]): Tone {
  switch (status) {
    case "open":
      return "blue";
    case "accepted":
      return "green";
    case "refused":
    case "expired":
      return "orange";
    case "withdrawn":
      return "neutral";
  }
}
