package org.consilium.scheduling.consult;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** What happened to a consult, insert only. Table: {@code scheduling.consult_event}. */
public final class History {
  private static final String APPEND =
      """
      INSERT INTO scheduling.consult_event (organisation_id, consult_id, at, device_at, kind,
                                            actor_id, about_id, reason, detail)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;
  private static final String ONCE =
      """
      INSERT INTO scheduling.consult_event (organisation_id, consult_id, at, device_at, kind)
      SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
        SELECT FROM scheduling.consult_event
         WHERE consult_id = $2 AND kind = $5 AND device_at = $4)
      """;
  private static final String OF =
      """
      SELECT at, kind, actor_id, about_id, reason, detail
        FROM scheduling.consult_event WHERE consult_id = $1 ORDER BY id
      """;

  /** What can happen. */
  public enum Kind implements Wire {
    SUBMITTED,
    TRIAGED,
    RECOMPUTED,
    OFFERED,
    PASSED_ON,
    REFUSED,
    EXPIRED,
    OFFER_WITHDRAWN,
    NOBODY_LEFT,
    REMINDED,
    COLLEAGUE_NAMED,
    OVERDUE,
    SUPERVISOR_NEEDED,
    SUPERVISOR_CALLED,
    TAKEN_OVER,
    HANDING_OVER,
    BACK_TO_GROUP,
    PINNED,
    PAUSED,
    RESUMED,
    STEP_SKIPPED,
    CONFIRMED_BY_RULE,
    REDIRECTED,
    ACCEPTED,
    FIRST_ANSWER,
    REOPENED,
    BOOKED,
    APPOINTMENT_CANCELLED,
    APPOINTMENT_MOVED,
    APPOINTMENT_BROKEN,
    NO_SHOW,
    WAITS_FOR_TIME,
    TIME_OFFERED,
    CALL_STARTED,
    CALL_ENDED,
    ADVISED,
    FOLLOW_UP_SET,
    CLOSED,
    LOST,
    WITHDRAWN;

    /** How it was placed: who was asked and who refused concerns the owner alone. */
    boolean isPlacing() {
      return switch (this) {
        case OFFERED,
            PASSED_ON,
            REFUSED,
            EXPIRED,
            OFFER_WITHDRAWN,
            NOBODY_LEFT,
            REMINDED,
            COLLEAGUE_NAMED,
            OVERDUE,
            SUPERVISOR_NEEDED,
            SUPERVISOR_CALLED,
            TAKEN_OVER,
            HANDING_OVER,
            BACK_TO_GROUP,
            PINNED,
            PAUSED,
            RESUMED,
            STEP_SKIPPED ->
            true;
        case SUBMITTED,
            TRIAGED,
            RECOMPUTED,
            CONFIRMED_BY_RULE,
            REDIRECTED,
            ACCEPTED,
            FIRST_ANSWER,
            REOPENED,
            BOOKED,
            APPOINTMENT_CANCELLED,
            APPOINTMENT_MOVED,
            APPOINTMENT_BROKEN,
            NO_SHOW,
            WAITS_FOR_TIME,
            TIME_OFFERED,
            CALL_STARTED,
            CALL_ENDED,
            ADVISED,
            FOLLOW_UP_SET,
            CLOSED,
            LOST,
            WITHDRAWN ->
            false;
      };
    }
  }

  /**
   * One line.
   *
   * @param deviceAt when it was so on the device of who did it, where that is known
   * @param actor empty when it happened by itself
   * @param about whom it concerns besides
   * @param detail codes for the sentence, for example the urgency
   */
  public record Line(
      Instant at,
      Optional<Instant> deviceAt,
      Kind kind,
      Optional<AccountId> actor,
      Optional<AccountId> about,
      Optional<String> reason,
      Map<String, String> detail) {

    public static Line by(Tx tx, Kind kind) {
      var actor = Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
      return new Line(
          tx.now(), Optional.empty(), kind, actor, Optional.empty(), Optional.empty(), Map.of());
    }

    public Line actor(Optional<AccountId> who) {
      return new Line(at, deviceAt, kind, who, about, reason, detail);
    }

    public Line about(AccountId whom) {
      return new Line(at, deviceAt, kind, actor, Optional.of(whom), reason, detail);
    }

    public Line because(Optional<String> words) {
      return new Line(at, deviceAt, kind, actor, about, words, detail);
    }

    public Line on(Instant device) {
      return new Line(at, Optional.of(device), kind, actor, about, reason, detail);
    }

    public Line with(Map<String, String> codes) {
      return new Line(at, deviceAt, kind, actor, about, reason, codes);
    }
  }

  public void append(Tx tx, Consult consult, Line line) {
    tx.send(
        APPEND,
        consult.organisation(),
        consult.id(),
        line.at(),
        line.deviceAt(),
        line.kind(),
        line.actor(),
        line.about(),
        line.reason(),
        new JsonObject(Json.text(line.detail())));
  }

  /** Unless the same is remembered of that moment already. */
  boolean once(Tx tx, Consult consult, Kind kind, Instant at) {
    return tx.run(ONCE, consult.organisation(), consult.id(), tx.now(), at, kind) == 1;
  }

  List<Line> of(Tx tx, ConsultId consult) {
    return tx.list(OF, History::line, consult);
  }

  private static Line line(Row row) {
    JsonObject detail = row.getJsonObject("detail");
    Map<String, String> codes = new HashMap<>();
    detail.forEach(entry -> codes.put(entry.getKey(), String.valueOf(entry.getValue())));
    return new Line(
        Rows.instant(row, "at"),
        Optional.empty(),
        Wire.parse(Kind.class, row.getString("kind")),
        Optional.ofNullable(row.getUUID("actor_id")).map(AccountId::new),
        Optional.ofNullable(row.getUUID("about_id")).map(AccountId::new),
        Optional.ofNullable(row.getString("reason")),
        codes);
  }
}
