package org.consilium.scheduling.ladder;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.ladder.SupervisorCall.Outcome;

/** All SQL about calls to supervisors; as the server. Tables from V015__supervisor_call.sql. */
public final class SupervisorCallStore {
  private static final String ARISE =
      """
      INSERT INTO scheduling.supervisor_call (id, organisation_id, consult_id, since)
      VALUES ($1, $2, $3, $4) ON CONFLICT (consult_id) WHERE done_at IS NULL DO NOTHING
      """;
  private static final String COLUMNS =
      "SELECT id, consult_id, since, outcome FROM scheduling.supervisor_call";
  private static final String OPEN =
      COLUMNS + " WHERE consult_id = ANY($1::uuid[]) AND done_at IS NULL";
  private static final String LOCK = COLUMNS + " WHERE id = $1 AND consult_id = $2 FOR UPDATE";
  private static final String DONE =
      """
      UPDATE scheduling.supervisor_call SET outcome = $2, words = $3, done_at = $4, done_by = $5
       WHERE id = $1
      """;
  private static final String NOT_NEEDED =
      """
      UPDATE scheduling.supervisor_call SET outcome = 'not-needed', done_at = greatest($2, since)
       WHERE consult_id = $1 AND done_at IS NULL
      """;
  private static final String LINE =
      "SELECT number FROM scheduling.supervisor_line WHERE organisation_id = $1";
  private static final String KEEP_LINE =
      """
      INSERT INTO scheduling.supervisor_line (organisation_id, number) VALUES ($1, $2)
      ON CONFLICT (organisation_id) DO UPDATE SET number = excluded.number
      """;

  /** Says whether it is a new one: while one is open, it stays the only one. */
  public boolean arise(Tx tx, OrganisationId organisation, ConsultId consult) {
    return tx.run(ARISE, SupervisorCallId.random(), organisation, consult, tx.now()) == 1;
  }

  public Map<ConsultId, SupervisorCall> open(Tx tx, Collection<ConsultId> consults) {
    if (consults.isEmpty()) {
      return Map.of();
    }
    return tx.list(OPEN, SupervisorCallStore::call, consults).stream()
        .collect(Collectors.toMap(SupervisorCall::consult, Function.identity()));
  }

  public Optional<SupervisorCall> lock(Tx tx, SupervisorCallId id, ConsultId consult) {
    return tx.one(LOCK, id, consult).map(SupervisorCallStore::call);
  }

  /** By the caller, now. */
  public void done(Tx tx, SupervisorCallId id, Outcome outcome, Optional<String> words) {
    tx.send(DONE, id, outcome, words, tx.now(), tx.caller().account());
  }

  public void notNeeded(Tx tx, ConsultId consult) {
    tx.send(NOT_NEEDED, consult, tx.now());
  }

  /** Where the organisation's supervisors are reached. */
  public Optional<String> line(Tx tx, OrganisationId organisation) {
    return tx.one(LINE, organisation).map(row -> row.getString("number"));
  }

  public void keepLine(Tx tx, OrganisationId organisation, String number) {
    tx.send(KEEP_LINE, organisation, number);
  }

  private static SupervisorCall call(Row row) {
    return new SupervisorCall(
        new SupervisorCallId(row.getUUID("id")),
        new ConsultId(row.getUUID("consult_id")),
        Rows.instant(row, "since"),
        Optional.ofNullable(row.getString("outcome")).map(code -> Wire.parse(Outcome.class, code)));
  }
}
