import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { consultRow, statusName, valueOf, waitingText } from "../consult";
import { ApplyHint } from "../people/ApplyHint";
import { type Loaded, useResource } from "../resource";
import { setQuery, useAddress } from "../router";
import { dayAndTime, useNow } from "../time";
import { Disclosure, EmptyState, List, Load, Page, Stack, Tabs } from "../ui";
import { OfferCard } from "./offers/OfferCard";
import { byMyTurn, sorted } from "./offers/offers";
import { Outcome, OutcomeFilter, type Result, useOutcomes } from "./Outcome";
import { t } from "./words";

type Offers = { items: Schema<"Offer">[] };
type Consults = { items: Schema<"ConsultSummary">[] };

/** What is offered to the specialist first, then what they have taken. */
export function HomePage(): JSX.Element {
  const { query } = useAddress();
  const tab = query.get("tab") === "closed" ? "closed" : "open";
  const offers = useOffers();
  const consults = useConsults(tab);
  return (
    <Page title={t("title")}>
      <Stack gap="large">
        <ApplyHint href="/specialist/profile" />
        <section class="stack" aria-label={t("offers")}>
          <h2>{t("offers")}</h2>
          <Load from={offers} rows={2}>
            {({ items }) => <OfferList offers={items} onAnswered={offers.reload} />}
          </Load>
        </section>
        <section class="stack" aria-label={t("mine")}>
          <Tabs
            label={t("mine")}
            chosen={tab}
            onChoose={(chosen) => setQuery({ tab: chosen === "open" ? undefined : chosen })}
            tabs={[
              { value: "open", label: t("mine") },
              { value: "closed", label: t("closed") },
            ]}
          >
            <Load from={consults}>
              {({ items }) =>
                tab === "open" ? <OpenConsults consults={items} /> : <Closed consults={items} />
              }
            </Load>
          </Tabs>
        </section>
      </Stack>
    </Page>
  );
}

function useOffers(): Loaded<Offers> {
  return useResource(() => ok(api.GET("/offers")), [], { live: ["offers", "consult"] });
}

function useConsults(view: "open" | "closed"): Loaded<Consults> {
  return useResource(() => ok(api.GET("/consults", { params: { query: { view } } })), [view], {
    live: "consult",
  });
}

/** How many offers wait for an answer: the figure on the navigation. */
export function useOpenOffers(): number | undefined {
  const { state } = useOffers();
  const now = useNow();
  const value = state.kind === "loading" ? undefined : state.value;
  return value && sorted(value.items, now).open.length;
}

function OfferList(props: { offers: Offers["items"]; onAnswered: () => void }): JSX.Element {
  const now = useNow(10_000);
  const { open, earlier } = sorted(props.offers, now);
  return (
    <>
      {open.length === 0 && (
        <EmptyState title={t("offersEmpty")}>{t("offersEmptyLead")}</EmptyState>
      )}
      {open.map((offer) => (
        <OfferCard key={offer.id} offer={offer} onAnswered={props.onAnswered} />
      ))}
      {earlier.length > 0 && (
        <Disclosure summary={t("earlier", { count: earlier.length })}>
          <List
            label={t("earlier", { count: earlier.length })}
            rows={earlier.slice(0, 20).map((offer) => ({
              key: offer.id,
              ...(offer.status === "accepted"
                ? { href: `/specialist/consults/${offer.consultId}` }
                : {}),
              title: <bdi>{offer.about.question}</bdi>,
              detail: `${offerStatus(offer.status)} · ${dayAndTime(offer.sentAt)}`,
            }))}
          />
        </Disclosure>
      )}
    </>
  );
}

function offerStatus(status: Schema<"Offer">["status"]): string {
  switch (status) {
    case "accepted":
      return t("statusAccepted");
    case "refused":
      return t("statusRefused");
    case "withdrawn":
      return t("statusWithdrawn");
    case "open":
    case "expired":
      return t("statusExpired");
  }
}

function OpenConsults({ consults }: { consults: Consults["items"] }): JSX.Element {
  if (consults.length === 0) {
    return (
      <EmptyState icon="note" title={t("mineEmpty")}>
        {t("mineEmptyLead")}
      </EmptyState>
    );
  }
  return (
    <List
      label={t("mine")}
      rows={byMyTurn(consults).map((consult) =>
        consultRow(consult, {
          href: `/specialist/consults/${consult.id}`,
          detail: [
            consult.site.name,
            statusName(consult.status),
            waitingText(consult, "specialist"),
            ...(consult.appointment
              ? [t("booked", { time: dayAndTime(consult.appointment.start) })]
              : []),
          ].join(" · "),
        }),
      )}
    />
  );
}

function Closed({ consults }: { consults: Consults["items"] }): JSX.Element {
  if (consults.length === 0) {
    return (
      <EmptyState icon="check" title={t("closedEmpty")}>
        {t("closedEmptyLead")}
      </EmptyState>
    );
  }
  return <ClosedList consults={consults} />;
}

function ClosedList({ consults }: { consults: Consults["items"] }): JSX.Element {
  const outcomes = useOutcomes(consults);
  const known = valueOf(outcomes);
  const [only, setOnly] = useState<Result>();
  const shown = consults.filter(
    ({ id }) => !only || (known?.has(id) && (known.get(id)?.result ?? "none") === only),
  );
  return (
    <Stack>
      <Load from={outcomes} rows={1}>
        {(value) => <OutcomeFilter outcomes={value} chosen={only} onChoose={setOnly} />}
      </Load>
      <List
        label={t("closed")}
        rows={shown.map((consult) =>
          consultRow(consult, {
            href: `/specialist/consults/${consult.id}`,
            detail: (
              <>
                {consult.site.name} · {statusName(consult.status)}
                {known?.has(consult.id) && <Outcome outcome={known.get(consult.id)} />}
              </>
            ),
          }),
        )}
      />
    </Stack>
  );
}
