package org.consilium.deploy.archive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which rows of which table belong to an organisation. A table with an {@code organisation_id}
 * belongs by that column; every other one, and every exception, is named here with its rule or the
 * reason why it stays behind. A table that is neither is refused: nothing is forgotten in silence.
 */
final class Ownership {
  /** How the rows of one table leave and arrive. */
  sealed interface Rule {
    /** Rows of the organisation; a condition on {@code t}. */
    record Owned(String condition) implements Rule {}

    /** What everybody shares and the organisation's rows may name: kept where it is already. */
    record Shared(String condition) implements Rule {}

    /** Bytes of files, which travel as files. */
    record AsFiles() implements Rule {}

    record LeftOut(String reason) implements Rule {}
  }

  static final String VOLUNTEERS =
      "SELECT v.account_id FROM scheduling.volunteer v WHERE v.organisation_id = :org";

  static final String MEMBERS =
      "SELECT m.account_id FROM platform.membership m WHERE m.organisation_id = :org";

  private static final String BY_ORGANISATION = "t.organisation_id = :org";
  private static final String BY_VOLUNTEER = "t.account_id IN (" + VOLUNTEERS + ")";

  private static final String BY_CONSULT =
      "t.consult_id IN (SELECT c.id FROM scheduling.consult c WHERE c.organisation_id = :org)";

  private static final String BY_ROTA =
      "t.rota_id IN (SELECT r.id FROM scheduling.rota r WHERE r.organisation_id = :org)";

  private static final String BY_HOURS =
      """
      t.owner_id IN (SELECT s.id FROM platform.site s WHERE s.organisation_id = :org
                     UNION SELECT r.id FROM scheduling.site_resource r WHERE r.organisation_id = :org
                     UNION %s)\
      """
          .formatted(VOLUNTEERS);

  /** The files that are served; what is being made is made again. */
  private static final String SERVED =
      """
      t.organisation_id = :org AND EXISTS (
        SELECT FROM records.attachment_file f
         WHERE f.organisation_id = t.organisation_id AND f.blob_id = t.id)\
      """;

  private static final Map<String, Rule> RULES = new LinkedHashMap<>();

  static {
    owned("platform.organisation", "t.id = :org");
    // Who is named by rows of the organisation is added when the tables are known.
    owned("platform.account", "t.id IN (" + MEMBERS + ")");
    owned("platform.mail_address", "t.account_id IN (" + MEMBERS + ")");
    owned("platform.phone_number", "t.account_id IN (" + MEMBERS + ")");
    owned("records.blob", SERVED);
    owned(
        "scheduling.appointment_timer",
        "t.appointment_id IN (SELECT a.id FROM scheduling.appointment a WHERE a.organisation_id ="
            + " :org)");
    owned("scheduling.hard_case", BY_CONSULT);
    owned("scheduling.hours", BY_HOURS);
    owned("scheduling.notice", BY_CONSULT);
    owned("scheduling.timer", BY_CONSULT);
    for (var table : List.of("rota_override", "rota_shift", "shift_swap")) {
      owned("scheduling." + table, BY_ROTA);
    }
    for (var table :
        List.of(
            "service_certificate",
            "stand_by",
            "volunteer_ease",
            "volunteer_language",
            "volunteer_licence",
            "volunteer_specialty")) {
      owned("scheduling." + table, BY_VOLUNTEER);
    }

    for (var table :
        List.of(
            "ladder",
            "ladder_step",
            "language",
            "licence_rule",
            "matching_weights",
            "refusal_reason",
            "specialty",
            "urgency_target")) {
      RULES.put("scheduling." + table, new Rule.Shared("true"));
    }
    for (var table :
        List.of(
            "triage_rules",
            "consent_text",
            "form_definition",
            "follow_up_rules",
            "follow_up_words")) {
      RULES.put(
          "records." + table, new Rule.Shared(BY_ORGANISATION + " OR t.organisation_id IS NULL"));
    }

    RULES.put("records.blob_chunk", new Rule.AsFiles());

    leftOut("platform.session", "sign-ins end with the server");
    leftOut("platform.refresh_token", "sign-ins end with the server");
    leftOut("platform.device_vault", "secrets that browsers share with the old server");
    leftOut("platform.known_device", "cookies that the old server gave");
    leftOut("platform.sign_in_failure", "counts wrong passwords of the last day");
    leftOut("platform.idempotent_answer", "answers kept for three days, for the same server");
    leftOut("platform.program_assertion", "used up, and over within minutes");
    leftOut("platform.outbox_event", "events still to be dealt with by the same server");
    leftOut("platform.outbox_delivery", "events still to be dealt with by the same server");
    leftOut("platform.letter", "mail that the same server sends, or has sent");
    leftOut("platform.mail_address_claim", "a code that holds for an hour");
    leftOut("records.export", "an export of the last day, made from these very rows");
    leftOut("records.export_file", "an export of the last day, made from these very rows");
    leftOut("platform.text_message", "short messages that the same server sends, or has sent");
    leftOut("platform.phone_claim", "a code that holds for half an hour");
    leftOut("records.follow_up_text", "what the gateway of the same server may hand over again");
    leftOut("records.follow_up_text_failure", "counts wrong messages of the last hour");
    leftOut("scheduling.calendar_feed", "a secret address of the old server");
    leftOut("scheduling.calendar_import", "a secret that its owner alone may see");
    leftOut("scheduling.external_busy", "read again from the person's own calendar");
    leftOut("scheduling.freed_time", "passed on to who waits within moments");
    leftOut("scheduling.hour_price", "computed anew each hour");
    leftOut("scheduling.plan_run", "computed anew each hour");
    leftOut("scheduling.price_snapshot", "computed anew each hour");
    leftOut("signaling.presence", "who has a page open now");
    leftOut("signaling.presence_ticket", "holds for a minute");
    leftOut("signaling.seat", "a running call stays on its server");
    leftOut("signaling.ticket", "holds for a minute, for a sign-in of the same server");
  }

  private Ownership() {}

  private static void owned(String table, String condition) {
    RULES.put(table, new Rule.Owned(condition));
  }

  private static void leftOut(String table, String reason) {
    RULES.put(table, new Rule.LeftOut(reason));
  }

  /** The rule of a table; empty when nobody has thought of it. */
  static Optional<Rule> of(String table, boolean hasOrganisation) {
    var named = Optional.ofNullable(RULES.get(table));
    return named.isEmpty() && hasOrganisation
        ? Optional.of(new Rule.Owned(BY_ORGANISATION))
        : named;
  }

  /** Every table that has a rule by name. */
  static java.util.Set<String> named() {
    return RULES.keySet();
  }

  static String forOrganisation(String condition, UUID organisation) {
    return condition.replace(":org", "'" + organisation + "'");
  }
}
