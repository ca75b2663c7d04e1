package org.consilium.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.WeeklyHours;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Age;
import org.consilium.scheduling.consult.GenderWish;
import org.consilium.scheduling.consult.NewConsult;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/** A clinic, volunteers and their people over a real database and real HTTP, for one test class. */
public final class Network implements AutoCloseable {
  /** Who has been seen in a call; tests put people here. */
  public final Set<AccountId> inCall = new HashSet<>();

  /** How often somebody was rung for a call; tests put people here. */
  public final Map<AccountId, Integer> rungByHand = new HashMap<>();

  public final TestPlatform world = TestPlatform.start(Scheduling.SCHEMA);
  public final Scheduling scheduling =
      new Scheduling(
          world.platform(), Optional.empty(), (_, _, _) -> inCall, (_, _, _) -> rungByHand);
  public final TestHttp http = world.serve(scheduling.routes());
  public final OrganisationId clinics = world.organisation("Turkana Clinics", "clinic-network");
  public final OrganisationId helpers = world.organisation("Doctors Afar", "volunteer-network");
  public final SiteId lodwar = world.site(clinics, "Lodwar", "Africa/Nairobi", "KE");
  public final TestPerson clinician =
      world.person("Amina Ekal", clinics, Role.CLINICIAN, lodwar, "Africa/Nairobi");
  public final TestPerson coordinator =
      world.person("Joseph Lokol", clinics, Role.SCHEDULER, null, "Africa/Nairobi");

  /** A specialist in Lisbon who is there every day from 08:00 to 18:00. */
  public TestPerson specialist(String name, String specialty, String... languages) {
    var person = world.person(name, helpers, Role.SPECIALIST);
    asServer(tx -> {
      scheduling
          .volunteers()
          .register(tx, volunteer(person, VolunteerKind.SPECIALIST, specialty, languages));
      scheduling.roster().save(tx, person.id(), daily("08:00", "18:00"));
    });
    return person;
  }

  public TestPerson interpreter(String name, String... languages) {
    var person = world.person(name, helpers, Role.INTERPRETER);
    asServer(tx -> {
      scheduling
          .volunteers()
          .register(tx, volunteer(person, VolunteerKind.INTERPRETER, null, languages));
      scheduling.roster().save(tx, person.id(), daily("08:00", "12:00"));
    });
    return person;
  }

  public static Hours daily(String start, String end) {
    return new Hours(
        ZoneId.of("Europe/Lisbon"),
        List.of(WeeklyHours.each(EnumSet.allOf(DayOfWeek.class), start, end)),
        List.of(),
        List.of());
  }

  private Volunteer volunteer(
      TestPerson person, VolunteerKind kind, String specialty, String... languages) {
    return new Volunteer(
        person.id(),
        helpers,
        kind,
        "PT",
        VolunteerStatus.ACTIVE,
        20,
        true,
        List.of(languages).stream()
            .map(language -> new Volunteer.Spoken(language, LanguageLevel.FLUENT))
            .toList(),
        specialty == null
            ? List.of()
            : List.of(new Volunteer.Field(specialty, List.of(AgeGroup.ADULT))),
        List.of(new Volunteer.Licence("PT", "OM-1", Optional.empty())));
  }

  public void asServer(Consumer<Tx> work) {
    world
        .platform()
        .database()
        .asWorker(tx -> {
          work.accept(tx);
          return tx;
        });
  }

  /** A submitted request for a dermatologist's advice. */
  public ConsultId submitted(Urgency urgency) {
    return submitted(urgency, lodwar);
  }

  public ConsultId submitted(Urgency urgency, SiteId site) {
    var request = request(ConsultId.random(), urgency, site, world.clock().instant());
    asClinician(tx -> scheduling.consults().open(tx, request));
    return request.id();
  }

  /** Submitted without the clinic knowing the specialty, so that no rule confirms it. */
  public ConsultId unconfirmed(Urgency urgency) {
    var id = submitted(urgency);
    asServer(tx ->
        tx.run(
            "UPDATE scheduling.consult SET specialty = NULL, specialty_asked = NULL WHERE id = $1",
            id));
    return id;
  }

  /** A triaged request of a patient who wishes to be seen by a woman or a man. */
  public ConsultId wishing(GenderWish wish) {
    var at = world.clock().instant();
    var request = request(ConsultId.random(), Urgency.GREEN, lodwar, at, Optional.of(wish));
    asClinician(tx -> scheduling.consults().open(tx, request));
    triage(request.id(), Urgency.GREEN);
    return request.id();
  }

  public NewConsult request(ConsultId id, Urgency urgency, SiteId site, Instant at) {
    return request(id, urgency, site, at, Optional.empty());
  }

  private NewConsult request(
      ConsultId id, Urgency urgency, SiteId site, Instant at, Optional<GenderWish> wish) {
    return new NewConsult(
        id,
        clinics,
        site,
        PatientId.random(),
        clinician.id(),
        new Age(34, "years"),
        AgeGroup.ADULT,
        "female",
        "sw",
        "en",
        ConsultMode.CLINICIAN_ADVICE,
        Optional.of("dermatology"),
        "Is this leprosy?",
        urgency,
        urgency,
        wish,
        at);
  }

  public void asClinician(Consumer<Tx> work) {
    as(clinician, work);
  }

  public void as(TestPerson person, Consumer<Tx> work) {
    world
        .platform()
        .database()
        .inTransaction(
            person.caller(),
            tx -> {
              work.accept(tx);
              return tx;
            });
  }

  public ConsultId triaged(Urgency urgency) {
    var id = submitted(urgency);
    triage(id, urgency);
    return id;
  }

  public void triage(ConsultId id, Urgency urgency) {
    var body =
        Map.of("urgency", urgency.wire(), "specialty", "dermatology", "mode", "clinician-advice");
    var reply = http.as(coordinator).post("/consults/" + id + "/triage", body);
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
  }

  /** Offers and answers the offer's id. */
  public String offered(ConsultId id, TestPerson to) {
    var reply =
        http.as(coordinator)
            .post("/consults/" + id + "/offers", Map.of("specialistId", to.id().toString()));
    if (reply.status() != 201) {
      throw new AssertionError(reply);
    }
    return reply.body().path("id").asText();
  }

  public ConsultId accepted(TestPerson by) {
    var id = triaged(Urgency.GREEN);
    var reply = http.as(by).post("/offers/" + offered(id, by) + "/acceptance");
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
    return id;
  }

  /** A consult that {@code by} carries, without the way there: for races over many consults. */
  public ConsultId carried(TestPerson by, SiteId site) {
    var id = submitted(Urgency.GREEN, site);
    asServer(tx -> {
      tx.run(
          """
          UPDATE scheduling.consult
             SET status = 'accepted', specialist_id = $2, urgency_confirmed = 'green'
           WHERE id = $1
          """,
          id,
          by.id());
      world.platform().careTeam().join(tx, id, by.id(), Relation.SPECIALIST);
    });
    return id;
  }

  public JsonNode consult(ConsultId id) {
    return http.as(coordinator).get("/consults/" + id).body();
  }

  public long count(String sql, Object... parameters) {
    return world
        .platform()
        .database()
        .asWorker(tx -> tx.one(sql, parameters).orElseThrow().getLong(0));
  }

  @Override
  public void close() {
    try {
      world.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
