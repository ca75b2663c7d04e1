package org.consilium.scheduling.consult;

import java.util.Map;
import java.util.Optional;
import org.consilium.platform.http.Sentence;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.catalogue.Catalogue;

/** Says each line of a consult's history as a person would. */
final class Sentences {
  private final Map<AccountId, String> names;
  private final Catalogue catalogue;

  Sentences(Map<AccountId, String> names, Catalogue catalogue) {
    this.names = names;
    this.catalogue = catalogue;
  }

  Sentence of(History.Line line) {
    String who = name(line.actor());
    String whom = name(line.about());
    var detail = line.detail();
    return switch (line.kind()) {
      case SUBMITTED -> say("submitted", "{who} asked for advice.", who);
      case TRIAGED ->
          asked(say("triaged", "{who} confirmed: {urgency}, {specialty}.", who), detail);
      case OFFERED -> say("offered", "{who} offered it to {whom}.", who).with("whom", whom);
      case PASSED_ON -> say("passed-on", "Passed on to {who}.", whom);
      case REFUSED -> {
        String code = detail.getOrDefault("reason", "");
        yield say("refused", "{who} refused: {refusal}.", who).with("refusal", code, refusal(code));
      }
      case EXPIRED -> say("expired", "{who} did not answer in time.", whom);
      case OFFER_WITHDRAWN -> say("offer-withdrawn", "The offer to {who} was taken back.", whom);
      case NOBODY_LEFT -> say("nobody-left", "Nobody is left to ask; the coordinator decides.");
      case REMINDED -> say("reminded", "{who} was reminded.", whom);
      case COLLEAGUE_NAMED ->
          say("colleague-named", "{who} named a colleague: {whom}.", who).with("whom", whom);
      case OVERDUE -> say("overdue", "Its time is over; the coordinator must act.");
      case SUPERVISOR_NEEDED ->
          say("supervisor-needed", "Nobody took it in time; the supervisor is to be telephoned.");
      case SUPERVISOR_CALLED -> called(who, detail);
      case TAKEN_OVER -> say("taken-over", "{who} took it over.", who);
      case HANDING_OVER ->
          say("handing-over", "{who} asked {whom} to take it over.", who).with("whom", whom);
      case BACK_TO_GROUP ->
          say("back-to-group", "{who} went off duty; it is with the coordinators on duty.", who);
      case PINNED ->
          say("pinned", "{who} let only {whom} be asked for now.", who).with("whom", whom);
      case PAUSED -> say("paused", "{who} paused the ladder.", who);
      case RESUMED -> say("resumed", "{who} let the ladder go on.", who);
      case STEP_SKIPPED ->
          "now".equals(detail.get("how"))
              ? say("step-forward", "{who} brought the next step of the ladder forward.", who)
              : say("step-left-out", "{who} left out the next step of the ladder.", who);
      case RECOMPUTED ->
          say(
                  "recomputed",
                  "{who} added findings: they now mean {urgency} and meant {urgencyBefore}; what"
                      + " counts is {urgencyNow}.",
                  who)
              .with("urgency", detail.getOrDefault("urgency", ""))
              .with("urgencyBefore", detail.getOrDefault("from", ""))
              .with("urgencyNow", detail.getOrDefault("now", ""));
      case CONFIRMED_BY_RULE ->
          asked(
              say(
                  "confirmed-by-rule",
                  "Confirmed by rule, as the clinic asked: {urgency}, {specialty}."),
              detail);
      case REDIRECTED -> redirected(who, detail);
      case ACCEPTED -> say("accepted", "{who} accepted.", who);
      case FIRST_ANSWER -> say("first-answer", "{who} wrote for the first time.", who);
      case REOPENED -> say("reopened", "{who} brought news; it is open again.", who);
      case BOOKED -> say("booked", "{who} booked an appointment.", who);
      case APPOINTMENT_CANCELLED ->
          say("appointment-cancelled", "{who} cancelled the appointment.", who);
      case APPOINTMENT_MOVED -> say("appointment-moved", "{who} moved the appointment.", who);
      case APPOINTMENT_BROKEN ->
          say("appointment-broken", "The appointment cannot be kept; a new time is looked for.");
      case NO_SHOW ->
          say("no-show", "{who} noted who did not come: {absent}.", who)
              .with("absent", detail.getOrDefault("absent", ""), absent(detail));
      case WAITS_FOR_TIME ->
          say("waits-for-time", "{who} put it on the waiting list for a time.", who);
      case TIME_OFFERED -> say("time-offered", "A time became free and was kept for the clinic.");
      case CALL_STARTED -> say("call-started", "A call began.");
      case CALL_ENDED -> say("call-ended", "The call ended.");
      case ADVISED -> say("advised", "{who} signed recommendations.", who);
      case FOLLOW_UP_SET ->
          say("follow-up-set", "News is expected by {date}.")
              .with("date", detail.getOrDefault("date", ""));
      case CLOSED -> say("closed", "{who} recorded the outcome and closed it.", who);
      case LOST ->
          say("lost", "No news came after the last reminder; closed as lost to follow-up.");
      case WITHDRAWN -> say("withdrawn", "{who} took it back.", who);
    };
  }

  private static Sentence say(String code, String english) {
    return Sentence.of("log." + code, english);
  }

  private static Sentence say(String code, String english, String who) {
    return say(code, english).with("who", who);
  }

  private Sentence asked(Sentence sentence, Map<String, String> detail) {
    String code = detail.getOrDefault("specialty", "");
    return sentence
        .with("urgency", detail.getOrDefault("urgency", ""))
        .with("specialty", code, catalogue.specialtyLabel(code));
  }

  private static String absent(Map<String, String> detail) {
    return "the " + detail.getOrDefault("absent", "").replace(",", ", the ");
  }

  private static Sentence called(String who, Map<String, String> detail) {
    return switch (detail.getOrDefault("outcome", "")) {
      case "reached" ->
          say("supervisor-reached", "{who} reached the supervisor by telephone.", who);
      case "not-reached" ->
          say("supervisor-not-reached", "{who} telephoned and did not reach the supervisor.", who);
      default ->
          say(
              "supervisor-elsewhere",
              "{who} noted that somebody else has taken on the call to the supervisor.",
              who);
    };
  }

  private static Sentence redirected(String who, Map<String, String> detail) {
    return switch (detail.getOrDefault("where", "")) {
      case "emergency" ->
          say(
              "redirected-emergency",
              "{who} redirected it: an emergency for care on the spot.",
              who);
      case "other-network" ->
          say("redirected-network", "{who} redirected it to another network.", who);
      default ->
          say(
              "redirected-unsuitable",
              "{who} redirected it: not suitable for advice from afar.",
              who);
    };
  }

  private String name(Optional<AccountId> person) {
    return person.map(id -> names.getOrDefault(id, "Somebody")).orElse("Consilium");
  }

  private String refusal(String code) {
    return catalogue.refusalReasons().stream()
        .filter(reason -> reason.code().equals(code))
        .map(reason -> reason.label().toLowerCase(java.util.Locale.ROOT))
        .findFirst()
        .orElse(code);
  }
}
