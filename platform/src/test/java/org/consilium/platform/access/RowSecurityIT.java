package org.consilium.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSecurityIT {
  private static TestPlatform world;
  private static Database database;
  private static CareTeam team;
  private static OrganisationId mara;
  private static SiteId olkeri;
  private static TestPerson clinician;
  private static TestPerson scheduler;
  private static TestPerson administrator;
  private static TestPerson specialist;
  private static TestPerson stranger;

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    database = world.platform().database();
    team = world.platform().careTeam();
    mara = world.organisation("Mara Valley Health", "clinic-network");
    olkeri = world.site(mara, "Olkeri", "Africa/Nairobi", "KE");
    var volunteers = world.organisation("Doctors Afar", "volunteer-network");
    var other = world.organisation("Hill Clinics", "clinic-network");
    clinician = world.person("Ada Osei", mara, Role.CLINICIAN);
    scheduler = world.person("Sam Scheduler", mara, Role.SCHEDULER);
    administrator = world.person("Amy Admin", mara, Role.ADMINISTRATOR);
    specialist = world.person("Ines Lopes", volunteers, Role.SPECIALIST);
    stranger = world.person("Omar Other", other, Role.CLINICIAN);
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static ConsultId consult() {
    var id = ConsultId.random();
    database.inTransaction(
        clinician.caller(),
        tx -> {
          team.open(tx, id, mara, PatientId.random(), olkeri);
          return id;
        });
    return id;
  }

  private static Standing standing(TestPerson person, ConsultId consult) {
    return database.inTransaction(person.caller(), tx -> team.standing(tx, consult));
  }

  private static void worker(java.util.function.Consumer<Tx> act) {
    database.asWorker(tx -> {
      act.accept(tx);
      return true;
    });
  }

  private static void assertUnknown(TestPerson person, ConsultId consult) {
    assertThatThrownBy(() -> standing(person, consult))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(404);
              assertThat(refusal.code()).isEqualTo("consult-not-found");
            });
  }

  @Test
  void the_owners_people_stand_by_their_role() {
    var consult = consult();
    assertThat(standing(clinician, consult).relations()).containsExactly(Relation.CLINIC);
    assertThat(standing(scheduler, consult).relations()).containsExactly(Relation.COORDINATOR);
    assertUnknown(administrator, consult);
    assertUnknown(stranger, consult);
    assertUnknown(clinician, ConsultId.random());
  }

  @Test
  void a_foreign_specialist_stands_from_joining_to_leaving_and_the_past_stays_written() {
    var consult = consult();
    assertUnknown(specialist, consult);
    worker(tx -> team.join(tx, consult, specialist.id(), Relation.SPECIALIST));
    worker(tx -> team.join(tx, consult, specialist.id(), Relation.SPECIALIST));
    assertThat(standing(specialist, consult).relations()).containsExactly(Relation.SPECIALIST);
    assertThatThrownBy(() -> standing(specialist, consult).require(Relation.CLINIC))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(403));
    var members = database.inTransaction(clinician.caller(), tx -> team.members(tx, consult));
    assertThat(members)
        .singleElement()
        .satisfies(member -> assertThat(member.since()).isEqualTo(world.clock().instant()));

    world.clock().advance(Duration.ofMinutes(5));
    worker(tx -> team.leave(tx, consult, specialist.id()));
    assertUnknown(specialist, consult);
    world.clock().advance(Duration.ofMinutes(5));
    worker(tx -> team.join(tx, consult, specialist.id(), Relation.SPECIALIST));
    assertThat(standing(specialist, consult).relations()).containsExactly(Relation.SPECIALIST);
    var rows =
        database.asWorker(
            tx -> tx.rows("SELECT 1 FROM platform.care_team WHERE consult_id = $1", consult));
    assertThat(rows).hasSize(2);
  }

  @Test
  void plain_sql_of_a_stranger_shows_changes_and_adds_nothing() {
    var consult = consult();
    worker(tx -> team.join(tx, consult, specialist.id(), Relation.SPECIALIST));
    for (var table : List.of("platform.consult", "platform.care_team", "platform.audit_event")) {
      var seen =
          database.inTransaction(
              stranger.caller(),
              tx -> tx.rows("SELECT 1 FROM " + table + " WHERE organisation_id = $1", mara));
      assertThat(seen).as(table).isEmpty();
    }
    var changed =
        database.inTransaction(
            stranger.caller(),
            tx -> tx.run("UPDATE platform.care_team SET until = now() WHERE until IS NULL"));
    assertThat(changed).isZero();
    assertThatThrownBy(() ->
            database.inTransaction(
                stranger.caller(),
                tx ->
                    tx.run(
                        "INSERT INTO platform.consult VALUES ($1, $2, $3, $4, now())",
                        ConsultId.random(),
                        mara,
                        PatientId.random(),
                        olkeri)))
        .isInstanceOf(PgException.class)
        .hasMessageContaining("row-level security");
    var nobodys =
        database.inTransaction(
            Caller.anonymous(""), tx -> tx.rows("SELECT 1 FROM platform.consult"));
    assertThat(nobodys).isEmpty();
  }

  @Test
  void nobody_puts_themselves_on_a_team() {
    var consult = consult();
    assertThatThrownBy(() ->
            database.inTransaction(
                specialist.caller(),
                tx -> {
                  team.join(tx, consult, specialist.id(), Relation.SPECIALIST);
                  return true;
                }))
        .isInstanceOf(PgException.class)
        .hasMessageContaining("row-level security");
    assertUnknown(specialist, consult);
  }

  @Test
  void an_id_that_is_another_organisations_consult_is_refused() {
    var consult = consult();
    assertThatThrownBy(() ->
            database.inTransaction(
                stranger.caller(),
                tx -> {
                  team.open(tx, consult, stranger.organisation(), PatientId.random(), olkeri);
                  return true;
                }))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo("consult-id-taken"));
    assertThat(standing(clinician, consult).owner()).isEqualTo(mara);
  }

  @Test
  void connections_keep_nothing_of_the_last_caller() throws Exception {
    consult();
    var people = List.of(clinician, stranger, specialist, scheduler);
    var checks = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 400; i++) {
        int turn = i;
        checks.add(threads.submit(() -> holds(people.get(turn % people.size()), turn)));
      }
    }
    for (var check : checks) {
      assertThat(check.get()).isTrue();
    }
  }

  /** Every third transaction fails in one of three ways, every fifth is nobody's. */
  private static boolean holds(TestPerson person, int turn) {
    if (turn % 5 == 0) {
      return database.inTransaction(
          Caller.anonymous(""), tx -> whoIs(tx).equals("||consilium_app"));
    }
    try {
      return database.inTransaction(
          person.caller(),
          tx -> {
            boolean own =
                whoIs(tx).equals(person.organisation() + "|" + person.id() + "|consilium_app")
                    && tx.rows(
                            "SELECT 1 FROM platform.consult WHERE organisation_id <> $1",
                            person.organisation())
                        .isEmpty();
            if (!own) {
              return false;
            }
            switch (turn % 9) {
              case 0 -> throw new Refusal(409, "no", "No.");
              case 3 -> tx.rows("SELECT 1 / 0");
              case 6 -> tx.rows("SELECT no_such_column");
              default -> {}
            }
            return true;
          });
    } catch (Refusal | PgException meant) {
      return true;
    }
  }

  private static String whoIs(Tx tx) {
    return tx.one(
            """
            SELECT coalesce(platform.current_organisation()::text, '') || '|'
                   || coalesce(platform.current_account()::text, '') || '|' || current_user AS who
            """)
        .orElseThrow()
        .getString("who");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE platform.audit_event SET action = 'x'",
        "DELETE FROM platform.audit_event",
        "TRUNCATE platform.audit_event"
      })
  void audit_lines_cannot_be_changed_by_anybody(String sql) throws SQLException {
    database.inTransaction(
        clinician.caller(),
        tx -> {
          world.platform().audit().append(tx, "test.act", Subject.of("thing", ConsultId.random()));
          return true;
        });
    assertThatThrownBy(() -> database.inTransaction(clinician.caller(), tx -> tx.run(sql)))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> database.asWorker(tx -> tx.run(sql)))
        .hasMessageContaining("permission denied");
    var address = world.address();
    try (var owner =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = owner.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .hasMessageContaining("never changed or deleted");
    }
    var kept =
        database.asWorker(
            tx -> tx.rows("SELECT 1 FROM platform.audit_event WHERE action = 'test.act'"));
    assertThat(kept).isNotEmpty();
  }
}
