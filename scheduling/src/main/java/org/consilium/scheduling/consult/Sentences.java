package org.consilium.scheduling.consult;

import java.util.Map;
import java.util.Optional;
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

  String of(History.Line line) {
    String who = name(line.actor());
    String whom = name(line.about());
    return switch (line.kind()) {
      case SUBMITTED -> who + " asked for advice.";
      case TRIAGED ->
          "%s confirmed: %s, %s."
              .formatted(who, line.detail().get("urgency"), specialty(line.detail()));
      case OFFERED -> "%s offered it to %s.".formatted(who, whom);
      case PASSED_ON -> "Passed on to " + whom + ".";
      case REFUSED -> "%s refused: %s.".formatted(who, refusal(line.detail()));
      case EXPIRED -> whom + " did not answer in time.";
      case OFFER_WITHDRAWN -> "The offer to " + whom + " was taken back.";
      case NOBODY_LEFT -> "Nobody is left to ask; the coordinator decides.";
      case REMINDED -> whom + " was reminded.";
      case COLLEAGUE_NAMED -> "%s named a colleague: %s.".formatted(who, whom);
      case OVERDUE -> "Its time is over; the coordinator must act.";
      case SUPERVISOR_NEEDED -> "Nobody took it in time; the supervisor is to be telephoned.";
      case SUPERVISOR_CALLED -> who + called(line.detail());
      case TAKEN_OVER -> who + " took it over.";
      case HANDING_OVER -> "%s asked %s to take it over.".formatted(who, whom);
      case BACK_TO_GROUP -> who + " went off duty; it is with the coordinators on duty.";
      case PINNED -> "%s let only %s be asked for now.".formatted(who, whom);
      case PAUSED -> who + " paused the ladder.";
      case RESUMED -> who + " let the ladder go on.";
      case STEP_SKIPPED -> who + skipped(line.detail());
      case RECOMPUTED ->
          "%s added findings: they now mean %s and meant %s; what counts is %s."
              .formatted(
                  who,
                  line.detail().get("urgency"),
                  line.detail().get("from"),
                  line.detail().get("now"));
      case CONFIRMED_BY_RULE ->
          "Confirmed by rule, as the clinic asked: %s, %s."
              .formatted(line.detail().get("urgency"), specialty(line.detail()));
      case REDIRECTED -> who + redirected(line.detail());
      case ACCEPTED -> who + " accepted.";
      case FIRST_ANSWER -> who + " wrote for the first time.";
      case REOPENED -> who + " brought news; it is open again.";
      case BOOKED -> who + " booked an appointment.";
      case APPOINTMENT_CANCELLED -> who + " cancelled the appointment.";
      case APPOINTMENT_MOVED -> who + " moved the appointment.";
      case APPOINTMENT_BROKEN -> "The appointment cannot be kept; a new time is looked for.";
      case NO_SHOW -> "%s noted who did not come: %s.".formatted(who, absent(line.detail()));
      case WAITS_FOR_TIME -> who + " put it on the waiting list for a time.";
      case TIME_OFFERED -> "A time became free and was kept for the clinic.";
      case CALL_STARTED -> "A call began.";
      case CALL_ENDED -> "The call ended.";
      case ADVISED -> who + " signed recommendations.";
      case FOLLOW_UP_SET -> "News is expected by " + line.detail().get("date") + ".";
      case CLOSED -> who + " recorded the outcome and closed it.";
      case LOST -> "No news came after the last reminder; closed as lost to follow-up.";
      case WITHDRAWN -> who + " took it back.";
    };
  }

  private static String absent(Map<String, String> detail) {
    return "the " + detail.getOrDefault("absent", "").replace(",", ", the ");
  }

  private static String called(Map<String, String> detail) {
    return switch (detail.getOrDefault("outcome", "")) {
      case "reached" -> " reached the supervisor by telephone.";
      case "not-reached" -> " telephoned and did not reach the supervisor.";
      default -> " noted that somebody else has taken on the call to the supervisor.";
    };
  }

  private static String skipped(Map<String, String> detail) {
    return "now".equals(detail.get("how"))
        ? " brought the next step of the ladder forward."
        : " left out the next step of the ladder.";
  }

  private static String redirected(Map<String, String> detail) {
    return switch (detail.getOrDefault("where", "")) {
      case "emergency" -> " redirected it: an emergency for care on the spot.";
      case "other-network" -> " redirected it to another network.";
      default -> " redirected it: not suitable for advice from afar.";
    };
  }

  private String name(Optional<AccountId> person) {
    return person.map(id -> names.getOrDefault(id, "Somebody")).orElse("Consilium");
  }

  private String specialty(Map<String, String> detail) {
    return catalogue.specialtyLabel(detail.getOrDefault("specialty", ""));
  }

  private String refusal(Map<String, String> detail) {
    String code = detail.getOrDefault("reason", "");
    return catalogue.refusalReasons().stream()
        .filter(reason -> reason.code().equals(code))
        .map(reason -> reason.label().toLowerCase(java.util.Locale.ROOT))
        .findFirst()
        .orElse(code);
  }
}
