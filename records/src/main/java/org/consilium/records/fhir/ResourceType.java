package org.consilium.records.fhir;

import io.vertx.sqlclient.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * One type of the facade's table: where its rows are, who may see them, what may be searched for,
 * and how a row reads as FHIR. Row security holds besides; the scope keeps, in SQL, the product's
 * narrower rule: an organisation's clinical roles see all of its consults, everybody else those
 * whose care team they are on.
 */
abstract class ResourceType {
  /** The part of a row that is one resource. */
  static final String WHOLE = "0";

  /** Who takes part in consults. */
  static final Set<Role> CARE =
      Set.of(
          Role.CLINICIAN,
          Role.SCHEDULER,
          Role.SUPERVISOR,
          Role.SPECIALIST,
          Role.INTERPRETER,
          Role.OBSERVER);

  /** Who may read notes: an interpreter hears the consult and does not read its record. */
  static final Set<Role> READERS_OF_NOTES =
      Set.of(Role.CLINICIAN, Role.SCHEDULER, Role.SUPERVISOR, Role.SPECIALIST, Role.OBSERVER);

  static final Set<Role> EVERYBODY = EnumSet.complementOf(EnumSet.of(Role.WORKER, Role.NOBODY));

  /** A program is admitted by its scopes, and then sees what its organisation owns. */
  private static final Set<Role> OWNERS =
      Set.of(Role.CLINICIAN, Role.SCHEDULER, Role.SUPERVISOR, Role.PROGRAM);

  private static final String OWN_ORGANISATION =
      "%s.organisation_id = platform.current_organisation()";

  /** As {@code CareTeam.standing} has it: who has asked goes on when a consult is kept home. */
  private static final String OWN_CONSULTS =
      """
      %s.consult_id IN (SELECT t.consult_id
                          FROM platform.care_team t JOIN platform.consult c ON c.id = t.consult_id
                         WHERE t.account_id = platform.current_account() AND t.until IS NULL
                           AND (c.kept_home_since IS NULL OR t.relation = 'requester'))\
      """;

  abstract String name();

  /** Who may read this type at all. */
  abstract Set<Role> readers();

  /**
   * A SELECT with a WHERE; {@code :owners} in it stands for whether the caller is of the owner's.
   */
  abstract String select();

  /** The column of a row's id. */
  abstract String key();

  /** What stands in the column of a row's id for the id of a resource. */
  Object keyValue(UUID key) {
    return key;
  }

  /** The number of the part of a row. */
  String part() {
    return WHOLE;
  }

  /** What the caller may see of it, as a condition. */
  abstract String scope(Caller caller);

  abstract List<SearchParameter> parameters();

  /** The rows as resources, in the same order. */
  abstract List<Found> found(Tx tx, List<Row> rows);

  /** Keeps that the caller has read these rows, where more than the trail needs to know. */
  void remember(Tx tx, List<Row> rows) {}

  final Optional<Found> read(Tx tx, ResourceId id) {
    var rows =
        statement(tx)
            .and(key() + " = ?", keyValue(id.key()))
            .and(part() + " = ?", id.part())
            .rows(tx);
    remember(tx, rows);
    return found(tx, rows).stream().findFirst();
  }

  /** What is called {@code id}, or 404. */
  final Found require(Tx tx, String id) {
    return ResourceId.parse(id)
        .flatMap(known -> read(tx, known))
        .orElseThrow(() ->
            Refusal.notFound(
                "resource-not-found", "There is no such %s for you.".formatted(name())));
  }

  final Statement statement(Tx tx) {
    return new Statement(
            select().replace(":owners", Boolean.toString(isOwners(tx.caller()))).stripTrailing())
        .and(scope(tx.caller()));
  }

  final void admit(Caller caller) {
    if (!isFor(caller)) {
      throw new Refusal(
          403, "not-for-your-role", "Your role may not read " + name() + " resources.");
    }
  }

  /** A program's scopes have been looked at before. */
  final boolean isFor(Caller caller) {
    return caller.role() == Role.PROGRAM || readers().contains(caller.role());
  }

  static boolean isOwners(Caller caller) {
    return OWNERS.contains(caller.role());
  }

  /** The scope of rows that belong to a consult. */
  static String ofConsults(Caller caller, String table) {
    return (isOwners(caller) ? OWN_ORGANISATION : OWN_CONSULTS).formatted(table);
  }
}
