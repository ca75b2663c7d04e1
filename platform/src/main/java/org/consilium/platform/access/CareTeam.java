package org.consilium.platform.access;

import io.vertx.sqlclient.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;

/**
 * Who may know of a consult: the owning organisation by role, others by a dated row. Tables: {@code
 * platform.consult}, {@code platform.care_team}, from V002__access.sql and V006__kept_home.sql.
 */
public final class CareTeam {
  private static final String OPEN =
      """
      INSERT INTO platform.consult (id, organisation_id, patient_id, site_id, opened_at)
      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING
      """;

  private static final String SAME =
      """
      SELECT 1 FROM platform.consult WHERE id = $1 AND organisation_id = $2 AND patient_id = $3
      """;

  private static final String FIND =
      """
      SELECT c.organisation_id, c.patient_id, c.site_id,
             array(SELECT t.relation FROM platform.care_team t
                    WHERE t.consult_id = c.id AND t.account_id = $2 AND t.until IS NULL
                      AND (c.kept_home_since IS NULL OR t.relation = 'requester')) AS relations
        FROM platform.consult c WHERE c.id = $1
      """;

  private static final String JOIN =
      """
      INSERT INTO platform.care_team (organisation_id, consult_id, account_id, relation, since)
      VALUES (platform.owner_of($1), $1, $2, $3, $4)
      ON CONFLICT (consult_id, account_id, relation) WHERE until IS NULL DO NOTHING
      """;

  private static final String LEAVE =
      """
      UPDATE platform.care_team SET until = $3
       WHERE consult_id = $1 AND account_id = $2 AND until IS NULL
      """;

  private static final String MEMBERS =
      """
      SELECT account_id, relation, since FROM platform.care_team
       WHERE consult_id = $1 AND until IS NULL ORDER BY since, account_id
      """;

  private static final String KEEP_HOME =
      "UPDATE platform.consult SET kept_home_since = $2 WHERE id = $1 AND kept_home_since IS NULL";

  private static final String SHARE =
      "UPDATE platform.consult SET kept_home_since = NULL WHERE id = $1";

  private static final String ABOUT =
      "SELECT organisation_id, patient_id, site_id FROM platform.consult WHERE id = $1";

  private static final String IS_KEPT_HOME = "SELECT platform.is_kept_home($1) AS kept";

  private static final String KEPT_FROM_CALLER = "SELECT platform.is_kept_from_caller($1) AS kept";

  /**
   * Makes the consult known. Doing it again for the same patient changes nothing; an id that is
   * already another consult's is refused with 409.
   */
  public void open(Tx tx, ConsultId consult, OrganisationId owner, PatientId patient, SiteId site) {
    if (tx.run(OPEN, consult, owner, patient, site, tx.now()) == 0
        && tx.one(SAME, consult, owner, patient).isEmpty()) {
      throw new Refusal(
          409, "consult-id-taken", "This id belongs to another consult; make a new one.");
    }
  }

  /** Puts a person on the team from now on. */
  public void join(Tx tx, ConsultId consult, AccountId account, Relation relation) {
    tx.run(JOIN, consult, account, relation, tx.now());
  }

  /** Takes a person off the team from now on; the row stays as history. */
  public void leave(Tx tx, ConsultId consult, AccountId account) {
    tx.run(LEAVE, consult, account, tx.now());
  }

  /**
   * From now on nobody knows of the consult by the care team alone, until {@link #share}. The team
   * stays as it is; the owner's people go on.
   */
  public void keepHome(Tx tx, ConsultId consult) {
    tx.run(KEEP_HOME, consult, tx.now());
  }

  /** The care team sees the consult again. */
  public void share(Tx tx, ConsultId consult) {
    tx.run(SHARE, consult);
  }

  /** Who is on the team now, in the order of joining. */
  public List<TeamMember> members(Tx tx, ConsultId consult) {
    return tx.list(MEMBERS, CareTeam::member, consult);
  }

  /** What the caller is to this consult; 404 when they may not even know of it. */
  public Standing standing(Tx tx, ConsultId consult) {
    return tx.one(FIND, consult, tx.caller().account())
        .map(row -> standing(tx, consult, row))
        .filter(standing -> !standing.relations().isEmpty())
        .orElseThrow(() -> unknown(tx, consult));
  }

  /** The consult as the server itself sees it, which stands in no relation to it. */
  public Standing about(Tx tx, ConsultId consult) {
    return tx.one(ABOUT, consult)
        .map(row ->
            new Standing(
                consult,
                new OrganisationId(row.getUUID("organisation_id")),
                new PatientId(row.getUUID("patient_id")),
                new SiteId(row.getUUID("site_id")),
                Set.of()))
        .orElseThrow(
            () -> Refusal.notFound("consult-not-found", "There is no such consult for you."));
  }

  /** Whether nobody outside the clinic may know of it now. */
  public boolean isKeptHome(Tx tx, ConsultId consult) {
    return tx.one(IS_KEPT_HOME, consult).orElseThrow().getBoolean("kept");
  }

  private static Refusal unknown(Tx tx, ConsultId consult) {
    boolean kept =
        tx.one(KEPT_FROM_CALLER, consult).filter(row -> row.getBoolean("kept")).isPresent();
    return kept
        ? Refusal.notFound(
            "consent-withdrawn",
            "The patient no longer agrees that this is read outside the clinic. It is closed to you.")
        : Refusal.notFound("consult-not-found", "There is no such consult for you.");
  }

  private static Standing standing(Tx tx, ConsultId consult, Row row) {
    var owner = new OrganisationId(row.getUUID("organisation_id"));
    return new Standing(
        consult,
        owner,
        new PatientId(row.getUUID("patient_id")),
        new SiteId(row.getUUID("site_id")),
        relations(tx, owner, row.getArrayOfStrings("relations")));
  }

  private static Set<Relation> relations(Tx tx, OrganisationId owner, String[] rows) {
    var relations = EnumSet.noneOf(Relation.class);
    for (var relation : rows) {
      relations.add(Wire.parse(Relation.class, relation));
    }
    if (owner.equals(tx.caller().organisation())) {
      switch (tx.caller().role()) {
        // A program comes in by its scopes alone, and by no door of people.
        case CLINICIAN, PROGRAM -> relations.add(Relation.CLINIC);
        case SCHEDULER -> relations.add(Relation.COORDINATOR);
        case SUPERVISOR -> relations.add(Relation.SUPERVISOR);
        case SPECIALIST, INTERPRETER, OBSERVER, ADMINISTRATOR, DATA_OFFICER, WORKER, NOBODY -> {}
      }
    }
    return relations;
  }

  private static TeamMember member(Row row) {
    return new TeamMember(
        new AccountId(row.getUUID("account_id")),
        Wire.parse(Relation.class, row.getString("relation")),
        Rows.instant(row, "since"));
  }
}
