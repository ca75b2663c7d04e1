package org.consilium.scheduling.booking;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.live.Changes;

/**
 * What people are told inside the product: a list of their own, and a hint to their open pages.
 * Table: {@code scheduling.notice}.
 */
final class NoticeStore implements NoticeChannel {
  private static final OrganisationId NOBODY_ELSE = new OrganisationId(new UUID(0, 0));

  private static final String INSERT =
      """
      INSERT INTO scheduling.notice (id, account_id, kind, appointment_id, consult_id, start_at,
                                     was_at, told_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String OF =
      """
      SELECT id, kind, consult_id, start_at, was_at, told_at, read_at FROM scheduling.notice
       WHERE account_id = $1 ORDER BY told_at DESC, id DESC LIMIT $2
      """;
  private static final String READ =
      "UPDATE scheduling.notice SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL";

  record Kept(
      UUID id,
      NoticeKind kind,
      ConsultId consult,
      Optional<Instant> start,
      Optional<Instant> was,
      Instant toldAt,
      boolean read) {}

  private final Changes changes;

  NoticeStore(Changes changes) {
    this.changes = changes;
  }

  @Override
  public void send(Tx tx, Notice notice) {
    keep(
        tx,
        notice.to(),
        notice.kind(),
        Optional.of(notice.appointment()),
        notice.consult(),
        Optional.of(notice.start()),
        notice.was());
  }

  /** Tells of the consult itself, not of an appointment. */
  void tell(Tx tx, AccountId to, NoticeKind kind, ConsultId consult) {
    keep(tx, to, kind, Optional.empty(), consult, Optional.empty(), Optional.empty());
  }

  private void keep(
      Tx tx,
      AccountId to,
      NoticeKind kind,
      Optional<AppointmentId> appointment,
      ConsultId consult,
      Optional<Instant> start,
      Optional<Instant> was) {
    tx.run(INSERT, Uuid7.next(), to, kind, appointment, consult, start, was, tx.now());
    changes.tell(tx, "notices", to.value(), NOBODY_ELSE, List.of(to));
  }

  List<Kept> of(Tx tx, AccountId account, int limit) {
    return tx.list(OF, NoticeStore::kept, account, limit);
  }

  void read(Tx tx, AccountId account) {
    tx.run(READ, account, tx.now());
  }

  private static Kept kept(Row row) {
    return new Kept(
        row.getUUID("id"),
        Wire.parse(NoticeKind.class, row.getString("kind")),
        new ConsultId(row.getUUID("consult_id")),
        Rows.optionalInstant(row, "start_at"),
        Rows.optionalInstant(row, "was_at"),
        Rows.instant(row, "told_at"),
        row.getOffsetDateTime("read_at") != null);
  }
}
