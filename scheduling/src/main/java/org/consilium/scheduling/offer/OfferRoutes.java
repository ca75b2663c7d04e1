package org.consilium.scheduling.offer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.catalogue.RefusalReason;

/** HTTP for offers. */
public final class OfferRoutes {
  record Ask(AccountId specialistId, Optional<Integer> expiresInMinutes) {}

  record AskOnCall(AccountId specialistId) {}

  record Refuse(RefusalReason reason, Optional<String> comment, Optional<AccountId> colleagueId) {}

  record Listed(List<OfferViews.View> items) {}

  private final Platform platform;
  private final OfferService offers;
  private final OnCall onCall;
  private final OfferViews views;

  public OfferRoutes(Platform platform, OfferService offers, OnCall onCall, OfferViews views) {
    this.platform = platform;
    this.offers = offers;
    this.onCall = onCall;
    this.views = views;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("offerConsult", this::offer)
        .operation("askOnCall", this::askOnCall)
        .operation("listOffers", this::list)
        .operation("getOffer", this::get)
        .operation("acceptOffer", this::accept)
        .operation("refuseOffer", this::refuse)
        .operation("openOffer", this::seen)
        .operation("withdrawOffer", this::withdraw);
  }

  private Answer offer(Call call) {
    var ask = call.body(Ask.class);
    var consult = new ConsultId(call.pathId("consultId"));
    var id = offers.offer(call.tx(), consult, ask.specialistId(), ask.expiresInMinutes());
    return Answer.created(view(call.tx(), id));
  }

  private Answer askOnCall(Call call) {
    var ask = call.body(AskOnCall.class);
    onCall.ask(call.tx(), new ConsultId(call.pathId("consultId")), ask.specialistId());
    return Answer.noContent();
  }

  private Answer list(Call call) {
    var listed = views.own(call.tx());
    var shown = listed.stream().map(v -> v.consultId().toString()).collect(Collectors.joining(","));
    platform.audit().append(call.tx(), "offer.list", Subject.none().part("consults", shown));
    return Answer.ok(new Listed(listed));
  }

  private Answer get(Call call) {
    var tx = call.tx();
    var kept = offers.visible(tx, id(call));
    var offer = kept.offer();
    if (!offer.specialist().equals(call.caller().account())) {
      mustCoordinate(tx, offer);
    }
    platform.audit().append(tx, "offer.read", kept.subject());
    return Answer.ok(views.one(tx, kept));
  }

  private void mustCoordinate(Tx tx, Offer offer) {
    if (!platform.careTeam().standing(tx, offer.consult()).is(Relation.COORDINATOR)) {
      throw OfferService.notFound();
    }
  }

  private Answer accept(Call call) {
    return switch (offers.accept(call.tx(), id(call))) {
      case Acceptance.Accepted(var mine) -> Answer.ok(view(call.tx(), mine.id()));
      case Acceptance.AlreadyYours(var mine) -> Answer.ok(view(call.tx(), mine.id()));
      case Acceptance.Expired _ -> throw expired();
      case Acceptance.NotOpen(var status) -> throw notOpen(status);
    };
  }

  private Answer refuse(Call call) {
    var body = call.body(Refuse.class);
    var outcome =
        offers.refuse(call.tx(), id(call), body.reason(), body.comment(), body.colleagueId());
    return switch (outcome) {
      case Refusing.Refused(var mine) -> Answer.ok(view(call.tx(), mine.id()));
      case Refusing.AlreadyRefused(var mine) -> Answer.ok(view(call.tx(), mine.id()));
      case Refusing.Expired _ -> throw expired();
      case Refusing.NotOpen(var status) -> throw notOpen(status);
    };
  }

  private Answer seen(Call call) {
    offers.seen(call.tx(), id(call));
    return Answer.noContent();
  }

  private Answer withdraw(Call call) {
    offers.withdraw(call.tx(), id(call));
    return Answer.ok(view(call.tx(), id(call)));
  }

  private OfferViews.View view(Tx tx, OfferId id) {
    return views.one(tx, offers.visible(tx, id));
  }

  private static OfferId id(Call call) {
    return new OfferId(call.pathId("offerId"));
  }

  private static Refusal expired() {
    return new Refusal(
        410, "offer-expired", "The time of this offer is over; somebody else is asked.");
  }

  private static Refusal notOpen(OfferStatus status) {
    return OfferService.notOpen(
        switch (status) {
          case ACCEPTED -> "You have accepted this offer already.";
          case REFUSED -> "You have refused this offer already.";
          case WITHDRAWN -> "This offer was taken back; perhaps somebody else was quicker.";
          case OPEN, EXPIRED -> "This offer is not open.";
        });
  }
}
