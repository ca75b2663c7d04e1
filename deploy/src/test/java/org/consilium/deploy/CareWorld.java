package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.consilium.deploy.telling.Telling;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.platform.text.TextGateway;
import org.consilium.records.Records;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.WeeklyHours;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.record.WhoJoined;
import org.consilium.signaling.ring.RungByHand;
import org.consilium.signaling.turn.TurnConfig;

/** All modules joined up as in the program, with people of two organisations and a stranger. */
final class CareWorld implements AutoCloseable {
  static final URI PAGE = URI.create("https://consilium.example.org");

  final TestPlatform world;
  final Scheduling scheduling;
  final Records records;
  private final Signaling signaling;
  final TestHttp http;

  final OrganisationId clinics;
  final OrganisationId volunteers;
  final OrganisationId elsewhere;
  final SiteId olkeri;
  final SiteId far;
  final TestPerson clinician;
  final TestPerson scheduler;
  final TestPerson officer;
  final TestPerson ines;
  final TestPerson arjun;

  CareWorld() {
    this(Optional.empty());
  }

  /** The same with a mail server. */
  CareWorld(Optional<SmtpServer> smtp) {
    this(smtp, Optional.empty());
  }

  /** The same with a gateway for short messages. */
  CareWorld(Optional<SmtpServer> smtp, Optional<TextGateway> gateway) {
    world = TestPlatform.start(smtp, gateway, Scheduling.SCHEMA, Records.SCHEMA, Signaling.SCHEMA);
    scheduling =
        new Scheduling(world.platform(), Optional.empty(), WhoJoined::since, RungByHand::since);
    records =
        new Records(world.platform(), Optional.empty(), new Intake(scheduling), Elsewhere.ROWS);
    signaling =
        new Signaling(
            world.platform(),
            TurnConfig.NONE,
            Optional.empty(),
            new ConsultsInCalls(scheduling, records),
            Optional.empty(),
            new SimpleMeterRegistry());
    clinics = world.organisation("Mara Valley Health", "clinic-network");
    volunteers = world.organisation("Open Hands", "volunteer-network");
    elsewhere = world.organisation("Elsewhere Clinics", "clinic-network");
    olkeri = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
    far = world.site(elsewhere, "Far", "Africa/Kampala", "UG");
    clinician = world.person("Amina Njoroge", clinics, Role.CLINICIAN, olkeri, "Africa/Nairobi");
    scheduler = world.person("Grace Wanjiru", clinics, Role.SCHEDULER);
    officer = world.person("Data Officer", clinics, Role.DATA_OFFICER);
    CareFlow.connect(world.platform().events(), scheduling, signaling);
    Telling.connect(world.platform(), scheduling, records.followUps(), PAGE);
    http = world.serve(scheduling.routes(), records.routes(), signaling.routes());
    ines = specialist("Ines Carvalho", LanguageLevel.FLUENT);
    arjun = specialist("Arjun Mehta", LanguageLevel.BASIC);
    asServer(tx -> scheduling.roster().save(tx, olkeri, daily("Africa/Nairobi")));
  }

  private TestPerson specialist(String name, LanguageLevel swahili) {
    var person = world.person(name, volunteers, Role.SPECIALIST);
    asServer(tx -> {
      scheduling
          .volunteers()
          .register(
              tx,
              new Volunteer(
                  person.id(),
                  volunteers,
                  VolunteerKind.SPECIALIST,
                  "PT",
                  VolunteerStatus.ACTIVE,
                  10,
                  true,
                  List.of(
                      new Volunteer.Spoken("en", LanguageLevel.NATIVE),
                      new Volunteer.Spoken("sw", swahili)),
                  List.of(new Volunteer.Field("paediatrics", List.of(AgeGroup.CHILD))),
                  List.of(new Volunteer.Licence("PT", "OM-1", Optional.empty()))));
      scheduling.roster().save(tx, person.id(), daily("Europe/Lisbon"));
    });
    return person;
  }

  private static Hours daily(String zone) {
    return new Hours(
        ZoneId.of(zone),
        List.of(WeeklyHours.each(EnumSet.allOf(DayOfWeek.class), "07:00", "20:00")),
        List.of(),
        List.of());
  }

  void asServer(java.util.function.Consumer<Tx> work) {
    world
        .platform()
        .database()
        .asWorker(tx -> {
          work.accept(tx);
          return tx;
        });
  }

  /** Delivers what was published and fires what is due, as the program does each second. */
  void settle() {
    world.platform().delivery().deliverDue();
    scheduling.ladder().runDue();
    records.followUps().clock().runDue();
    world.platform().delivery().deliverDue();
  }

  /** The answer's body, when it has the status; else the test fails with all of it. */
  static JsonNode expect(int status, Reply reply) {
    assertThat(reply.status()).as(reply.body().toPrettyString()).isEqualTo(status);
    return reply.body();
  }

  PatientId registerPatient() {
    var id = PatientId.random();
    expect(
        201,
        http.as(clinician)
            .post(
                "/patients",
                Map.of(
                    "id",
                    id,
                    "particulars",
                    Map.of(
                        "siteId",
                        olkeri,
                        "localNumber",
                        "OL-" + id.toString().substring(30),
                        "name",
                        "Naisula Private-Name",
                        "age",
                        Map.of("value", 8, "unit", "months"),
                        "sex",
                        "female",
                        "allergies",
                        Map.of("state", "none"),
                        "language",
                        "sw"))));
    return id;
  }

  /** A complete request for an infant with fast breathing. */
  Map<String, Object> request(PatientId patient) {
    var now = world.clock().instant().toString();
    return Map.of(
        "patientId",
        patient,
        "siteId",
        olkeri,
        "mode",
        "clinician-advice",
        "specialty",
        "paediatrics",
        "language",
        "en",
        "situation",
        Map.of(
            "question", "Can we treat this infant here, or must she go?", "setting", "in-patient"),
        "background",
        Map.of("onset", "Cough for three days", "history", "Born at term"),
        "assessment",
        Map.of(
            "consciousness",
            "alert",
            "vitals",
            List.of(
                vital("respiratory-rate", 58, "/min", now),
                vital("temperature", 38.6, "Cel", now),
                vital("oxygen-saturation", 94, "%", now),
                vital("weight", 7.4, "kg", now)),
            "dangerSigns",
            noDangerSigns(),
            "findings",
            "Fine crackles on the right"),
        "recommendation",
        Map.of("wanted", List.of("management", "transfer-decision")));
  }

  static Map<String, Object> vital(String code, Number value, String unit, String at) {
    return Map.of("code", code, "value", value, "unit", unit, "takenAt", at);
  }

  private List<Map<String, Object>> noDangerSigns() {
    int eightMonths = 243;
    return StreamSupport.stream(
            expect(200, http.as(clinician).get("/triage-rules")).path("dangerSigns").spliterator(),
            false)
        .filter(sign -> !sign.path("pregnantOnly").asBoolean())
        .filter(sign -> sign.path("fromAgeDays").asInt(0) <= eightMonths)
        .filter(sign -> sign.path("toAgeDays").asInt(Integer.MAX_VALUE) > eightMonths)
        .map(sign -> Map.<String, Object>of("code", sign.path("code").asText(), "present", false))
        .toList();
  }

  static Map<String, Object> submission(int revision) {
    return Map.of(
        "revision",
        revision,
        "urgency",
        "orange",
        "consents",
        List.of(consent("advice"), consent("storage-abroad"), consent("live-video")));
  }

  static Map<String, Object> consent(String purpose) {
    return Map.of(
        "purpose", purpose,
        "decision", "granted",
        "givenBy", "guardian",
        "relation", "mother",
        "form", "spoken",
        "language", "sw",
        "textVersion", "2026-1");
  }

  /** A new consult, sent and in the queue. */
  ConsultId submitted() {
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    expect(200, http.as(clinician).put(path + "/request", 0, request(registerPatient())));
    expect(201, http.as(clinician).post(path + "/submission", submission(1)));
    settle();
    return consult;
  }

  /** A new consult that Ines has accepted. */
  ConsultId accepted() {
    var consult = submitted();
    var path = "/consults/" + consult;
    triage(consult);
    var offer =
        expect(201, http.as(scheduler).post(path + "/offers", Map.of("specialistId", ines.id())));
    expect(200, http.as(ines).post("/offers/" + offer.path("id").asText() + "/acceptance"));
    settle();
    return consult;
  }

  void triage(ConsultId consult) {
    expect(
        200,
        http.as(scheduler)
            .post(
                "/consults/" + consult + "/triage",
                Map.of(
                    "urgency", "orange",
                    "specialty", "paediatrics",
                    "mode", "clinician-advice",
                    "reason", "As asked.")));
  }

  String status(ConsultId consult) {
    return expect(200, http.as(clinician).get("/consults/" + consult))
        .at("/summary/status")
        .asText();
  }

  @Override
  public void close() throws Exception {
    signaling.close();
    world.close();
  }
}
