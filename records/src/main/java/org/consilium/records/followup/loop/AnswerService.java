package org.consilium.records.followup.loop;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.text.PhoneNumbers;
import org.consilium.records.followup.FollowUp.Channel;
import org.consilium.records.followup.FollowUp.NewOutcome;
import org.consilium.records.followup.FollowUpService;
import org.consilium.records.text.CleanText;

/**
 * Answers without a sign-in: by the link of a reminder, and by short message. Each in a transaction
 * of the server's own; nothing is shown but the questions and the consult's short name.
 */
public final class AnswerService {
  private static final Duration FAILURES_WITHIN = Duration.ofHours(1);
  private static final int FAILURES_MAX = 10;

  private final Platform platform;
  private final FollowUpCatalogue catalogue;
  private final FollowUpService followUps;
  private final CheckStore checks;
  private final AskStore asks;

  public AnswerService(
      Platform platform,
      FollowUpCatalogue catalogue,
      FollowUpService followUps,
      CheckStore checks,
      AskStore asks) {
    this.platform = platform;
    this.catalogue = catalogue;
    this.followUps = followUps;
    this.checks = checks;
    this.asks = asks;
  }

  /** A language in which the questions can be read. */
  public record Spoken(String code, String name) {}

  /** The questions as the link shows them. */
  public record Form(
      String reference,
      String language,
      List<Spoken> languages,
      Map<String, String> words,
      Instant expiresAt,
      boolean answered) {}

  /** What the sender of an answer is told. */
  public record Receipt(String reference, boolean reopens) {}

  /** The questions behind a link, in the language that was asked for or the person's own. */
  Form open(String token, Optional<String> language) {
    return platform
        .database()
        .asWorker(tx -> {
          var ask = asks.byToken(tx, Secrets.sha256(token)).orElseThrow(AnswerService::notGood);
          boolean answered = ask.sending().isPresent() || isAnswered(tx, ask);
          if (!answered) {
            requireGood(tx, ask);
          }
          var words = catalogue.words(tx, ask.owner());
          var wanted =
              language.orElseGet(() -> platform.directory().person(tx, ask.account()).language());
          var best = FollowUpCatalogue.best(words, wanted);
          return new Form(
              ConsultReference.of(ask.consult()),
              best,
              words.entrySet().stream()
                  .map(entry -> new Spoken(entry.getKey(), entry.getValue().name()))
                  .toList(),
              words.get(best).words(),
              ask.expiresAt(),
              answered);
        });
  }

  /**
   * Takes an answer by link. The same sending again is the same answer; another one after it is
   * refused, because a link is good for one.
   *
   * @param sending made by the browser for this answer
   */
  Receipt answer(String token, UUID sending, NewOutcome given) {
    var outcome = CleanText.of(given, NewOutcome.class, "/answer");
    var sha256 = Secrets.sha256(Json.write(outcome));
    return platform
        .database()
        .asWorker(tx -> {
          var hash = Secrets.sha256(token);
          var found = asks.byToken(tx, hash).orElseThrow(AnswerService::notGood);
          var standing = platform.careTeam().about(tx, found.consult());
          followUps.lock(tx, standing);
          // Again, now that nobody else answers or reminds at this moment.
          var ask = asks.byToken(tx, hash).orElseThrow(AnswerService::notGood);
          if (ask.sending().isPresent()) {
            requireSame(ask, sending, sha256);
          } else {
            if (isAnswered(tx, ask)) {
              throw alreadyAnswered();
            }
            requireGood(tx, ask);
            take(tx, standing, outcome, ask, Channel.LINK);
            asks.answered(tx, ask, sending, sha256);
          }
          return new Receipt(ConsultReference.of(ask.consult()), outcome.reopens());
        });
  }

  /** Whether somebody has answered this check, by whatever way. */
  private boolean isAnswered(Tx tx, Ask ask) {
    return checks
        .find(tx, ask.check())
        .filter(check -> check.state() == Check.State.ANSWERED)
        .isPresent();
  }

  private void requireGood(Tx tx, Ask ask) {
    if (ask.endedAt().isPresent() || !mayAnswer(tx, ask)) {
      throw notGood();
    }
    if (!ask.expiresAt().isAfter(tx.now())) {
      throw new Refusal(
          410, "link-over", "This link is too old. Answer in Consilium, or telephone.");
    }
  }

  /** Whether who was asked still works where the consult is. */
  private boolean mayAnswer(Tx tx, Ask ask) {
    return platform.directory().membersOf(tx, ask.owner(), Role.CLINICIAN).stream()
        .anyMatch(person -> person.id().equals(ask.account()));
  }

  /** Whether digits from this telephone are good for it now. */
  private boolean isGoodFrom(Tx tx, Ask ask, String phone) {
    boolean isAsked =
        checks
            .find(tx, ask.check())
            .map(Check::state)
            .filter(state -> state == Check.State.WAITING || state == Check.State.UNANSWERED)
            .isPresent();
    boolean isTheirs = platform.phoneNumbers().number(tx, ask.account()).equals(Optional.of(phone));
    return isAsked && isTheirs && ask.expiresAt().isAfter(tx.now()) && mayAnswer(tx, ask);
  }

  private static void requireSame(Ask ask, UUID sending, byte[] sha256) {
    boolean same =
        ask.sending().filter(sending::equals).isPresent()
            && MessageDigest.isEqual(ask.answer().orElseThrow(), sha256);
    if (!same) {
      throw alreadyAnswered();
    }
  }

  private void take(Tx tx, Standing standing, NewOutcome outcome, Ask ask, Channel channel) {
    followUps.take(tx, standing, outcome, ask.account(), channel);
    platform
        .audit()
        .append(
            tx,
            "follow-up.answer",
            Subject.consult(standing.consult(), standing.patient()).part("ask", ask.id()));
  }

  /**
   * Takes a short message that the gateway hands over. The same again is answered the same and
   * changes nothing; what cannot be taken leaves nothing behind but the count of failures.
   *
   * @param gatewayId the gateway's own id of it
   * @return a sentence for the sender
   */
  String text(String gatewayId, String from, String message) {
    var phone =
        PhoneNumbers.plain(from)
            .orElseThrow(() ->
                Refusal.invalid(
                    "/from", "Give the number with its country, such as +254712345678."));
    var failing = Secrets.sha256(phone);
    int failures = platform.database().asWorker(tx -> asks.failures(tx, failing, FAILURES_WITHIN));
    if (failures >= FAILURES_MAX) {
      throw new Refusal(429, "too-many-wrong", english("textTooMany"))
          .withHeader("Retry-After", Long.toString(FAILURES_WITHIN.toSeconds()));
    }
    try {
      return platform.database().asWorker(tx -> text(tx, gatewayId, phone, message));
    } catch (Refusal wrong) {
      if (wrong.status() == 422) {
        platform
            .database()
            .asWorker(tx -> {
              asks.failed(tx, failing, FAILURES_WITHIN);
              return phone;
            });
      }
      throw wrong;
    }
  }

  private String text(Tx tx, String gatewayId, String phone, String message) {
    var sha256 = Secrets.sha256(phone + "|" + message);
    var before = asks.taken(tx, gatewayId);
    if (before.isPresent()) {
      if (!MessageDigest.isEqual(before.get().sha256(), sha256)) {
        throw new Refusal(
            409, "message-id-reused", "Another message was handed over under this id.");
      }
      return before.get().reply();
    }
    var answer =
        TextAnswer.read(message)
            .orElseThrow(
                () -> new Refusal(422, "text-not-understood", english("textNotUnderstood")));
    var found =
        asks.byCode(tx, phone, answer.code())
            .filter(ask -> ask.expiresAt().isAfter(tx.now()))
            .orElseThrow(() -> new Refusal(422, "text-wrong-code", english("textWrongCode")));
    var standing = platform.careTeam().about(tx, found.consult());
    followUps.lock(tx, standing);
    // Again, now that nobody else answers or reminds at this moment.
    if (asks.byCode(tx, phone, answer.code())
        .filter(ask -> ask.id().equals(found.id()))
        .filter(ask -> isGoodFrom(tx, ask, phone))
        .isEmpty()) {
      throw new Refusal(422, "text-wrong-code", english("textWrongCode"));
    }
    var words = words(tx, found);
    var outcome =
        CleanText.of(answer.asking(words.say("textQuestion", Map.of())), NewOutcome.class, "/text");
    take(tx, standing, outcome, found, Channel.TEXT);
    var reply =
        words.say(
            outcome.reopens() ? "textReopened" : "textThanks",
            Map.of("reference", ConsultReference.of(found.consult())));
    asks.take(tx, gatewayId, sha256, reply);
    return reply;
  }

  private FollowUpWords words(Tx tx, Ask ask) {
    var all = catalogue.words(tx, ask.owner());
    AccountId account = ask.account();
    return all.get(
        FollowUpCatalogue.best(all, platform.directory().person(tx, account).language()));
  }

  /** To somebody of whom nothing is known. */
  private static String english(String key) {
    return FollowUpCatalogue.shippedWords().get(FollowUpCatalogue.ENGLISH).say(key, Map.of());
  }

  private static Refusal notGood() {
    return new Refusal(
        404,
        "link-not-good",
        "This link is not good any more: a newer reminder has another one, or it was taken back.");
  }

  private static Refusal alreadyAnswered() {
    return new Refusal(
        409, "already-answered", "News of this patient has been told already. Thank you.");
  }
}
