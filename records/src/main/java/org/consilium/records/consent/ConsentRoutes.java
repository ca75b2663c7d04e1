package org.consilium.records.consent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;

/** Consents over HTTP: the texts to read aloud, what was decided, and the review of waivers. */
public final class ConsentRoutes {
  /** What is read when there is no text in the language asked for. */
  private static final String FALLBACK = "en";

  /** The operations on consents after sending. */
  public static final String CONTRACT = "openapi/consent.yaml";

  private final Platform platform;
  private final ConsentStore consents;
  private final ConsentService service;
  private final WaiverService waivers;

  public ConsentRoutes(
      Platform platform, ConsentStore consents, ConsentService service, WaiverService waivers) {
    this.platform = platform;
    this.consents = consents;
    this.service = service;
    this.waivers = waivers;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listConsentTexts", this::list)
        .operation("listConsents", this::decided)
        .operation("recordConsent", this::record)
        .operation("withdrawConsent", this::withdraw)
        .operation("listWaivers", this::waivers)
        .operation("reviewWaiver", this::review);
  }

  private record Texts(List<ConsentText> items) {}

  private Answer list(Call call) {
    var all = consents.texts(call.tx());
    return Answer.ok(new Texts(call.query("language").map(l -> inLanguage(all, l)).orElse(all)));
  }

  /** One text a purpose: in the language, else in its base language, else in English. */
  private static List<ConsentText> inLanguage(List<ConsentText> all, String language) {
    var chosen = new LinkedHashMap<ConsentPurpose, ConsentText>();
    for (var wanted : List.of(language, language.split("-", 2)[0], FALLBACK)) {
      all.stream()
          .filter(text -> text.language().equals(wanted))
          .forEach(text -> chosen.putIfAbsent(text.purpose(), text));
    }
    return List.copyOf(chosen.values());
  }

  private record ConsentShown(
      UUID id,
      ConsentPurpose purpose,
      NewConsent.Decision decision,
      NewConsent.GivenBy givenBy,
      Optional<String> relation,
      NewConsent.Form form,
      String language,
      String textVersion,
      Optional<String> text,
      Optional<String> witness,
      Optional<String> waiverReason,
      PersonRef recordedBy,
      Instant at,
      Optional<KeptConsent.TakenBack> takenBack) {}

  private record Decided(List<ConsentShown> items) {}

  private Answer decided(Call call) {
    var kept = service.read(call.tx(), consult(call));
    return Answer.ok(new Decided(kept.stream().map(one -> shown(call.tx(), one)).toList()));
  }

  private Answer record(Call call) {
    var consent = call.body(NewConsent.class);
    var kept = service.record(call.tx(), consult(call), consent, call.queryNumber("seen"));
    return Answer.created(shown(call.tx(), kept));
  }

  private Answer withdraw(Call call) {
    var withdrawal = call.body(Withdrawal.class);
    var kept = service.withdraw(call.tx(), consult(call), withdrawal, call.queryNumber("seen"));
    return Answer.created(shown(call.tx(), kept));
  }

  private ConsentShown shown(Tx tx, KeptConsent kept) {
    return new ConsentShown(
        kept.id(),
        kept.purpose(),
        kept.decision(),
        kept.givenBy(),
        kept.relation(),
        kept.form(),
        kept.language(),
        kept.textVersion(),
        kept.text(),
        kept.witness(),
        kept.waiverReason(),
        person(tx, kept.recordedBy()),
        kept.at(),
        kept.takenBack());
  }

  private record ReviewShown(
      Waiver.Finding finding, Optional<String> text, PersonRef by, Instant at) {}

  private record WaiverShown(
      ConsultId consultId,
      List<ConsentPurpose> purposes,
      String reason,
      PersonRef recordedBy,
      Instant at,
      Optional<ReviewShown> review) {}

  private record Waivers(List<WaiverShown> items) {}

  private Answer waivers(Call call) {
    var all = waivers.list(call.tx());
    return Answer.ok(new Waivers(all.stream().map(one -> shown(call.tx(), one)).toList()));
  }

  private Answer review(Call call) {
    var review = call.body(WaiverService.NewReview.class);
    return Answer.created(shown(call.tx(), waivers.review(call.tx(), consult(call), review)));
  }

  private WaiverShown shown(Tx tx, Waiver waiver) {
    return new WaiverShown(
        waiver.consult(),
        waiver.purposes(),
        waiver.reason(),
        person(tx, waiver.recordedBy()),
        waiver.at(),
        waiver
            .review()
            .map(done ->
                new ReviewShown(done.finding(), done.text(), person(tx, done.by()), done.at())));
  }

  private PersonRef person(Tx tx, AccountId id) {
    return new PersonRef(id, platform.directory().person(tx, id).name());
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
