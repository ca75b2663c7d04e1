package org.consilium.scheduling.volunteer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeopleIT {
  private final List<Object> told = new ArrayList<>();
  private Network net;
  private TestPerson administrator;

  @BeforeEach
  void start() {
    net = new Network();
    administrator = net.world.person("Peter Otieno", net.helpers, Role.ADMINISTRATOR);
    var events = net.world.platform().events();
    events.on(VolunteerSuspended.class, "test-suspended", (_, e) -> told.add(e));
    events.on(CredentialExpiring.class, "test-expiring", (_, e) -> told.add(e));
    events.on(VolunteerReturned.class, "test-returned", (_, e) -> told.add(e));
  }

  @AfterEach
  void stop() {
    net.close();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(net.world.clock().instant(), ZoneOffset.UTC);
  }

  private static Map<String, Object> application(LocalDate until) {
    return Map.of(
        "kind",
        "specialist",
        "country",
        "PT",
        "weeklyCap",
        3,
        "redCalls",
        true,
        "quietHours",
        Map.of("from", "22:00", "until", "06:00"),
        "gender",
        "female",
        "languages",
        List.of(Map.of("code", "en", "level", "fluent", "writes", true)),
        "specialties",
        List.of(Map.of("code", "dermatology", "ageGroups", List.of("adult"))),
        "licences",
        List.of(Map.of("country", "PT", "number", "OM-9", "validUntil", until.toString())));
  }

  private Reply act(TestPerson on, String what) {
    return net.http.as(administrator).post("/volunteers/" + on.id() + what);
  }

  private Reply act(TestPerson on, String what, Object body) {
    return net.http.as(administrator).post("/volunteers/" + on.id() + what, body);
  }

  @Test
  void somebody_applies_is_looked_at_and_is_taken_in() {
    var ada = net.world.person("Ada Osei", net.helpers, Role.SPECIALIST);
    var applied =
        net.http.as(ada).post("/volunteer-applications", application(today().plusDays(400)));
    assertThat(applied.status()).as(applied.body().toString()).isEqualTo(201);
    assertThat(applied.body().path("status").asText()).isEqualTo("applied");
    assertThat(applied.body().path("restHours").asInt()).isEqualTo(8);
    assertThat(applied.body().path("gender").asText()).isEqualTo("female");
    var consult = net.triaged(Urgency.GREEN);
    assertThat(candidates(consult)).as("an applicant is nobody's candidate").isEmpty();

    assertThat(act(ada, "/activation").code()).isEqualTo("credentials-open");
    var listed = net.http.as(administrator).get("/network-volunteers").body().at("/items/0");
    assertThat(listed.has("gender") || listed.has("quietHours")).isFalse();
    var credential = listed.at("/credentials/0/id").asText();
    var verified = act(ada, "/credentials/" + credential + "/verification").body();
    assertThat(verified.at("/credentials/0/state").asText()).isEqualTo("verified");
    assertThat(verified.at("/credentials/0/decidedBy/name").asText()).isEqualTo("Peter Otieno");
    assertThat(act(ada, "/activation").body().path("status").asText()).isEqualTo("active");
    assertThat(act(ada, "/activation").code()).isEqualTo("not-from-here");
    assertThat(act(ada, "/refusal", Map.of("reason", "No.")).code())
        .isEqualTo("not-an-application");
    assertThat(candidates(consult)).hasSize(1);
  }

  @Test
  void a_refused_applicant_reads_why_and_may_apply_again() {
    var ada = net.world.person("Ada Osei", net.helpers, Role.SPECIALIST);
    net.http.as(ada).post("/volunteer-applications", application(today().plusDays(9)));
    assertThat(act(ada, "/refusal", Map.of("reason", "Not in the register.")).status())
        .isEqualTo(200);
    var own = net.http.as(ada).get("/volunteer-profile").body();
    assertThat(own.path("status").asText()).isEqualTo("ended");
    assertThat(own.path("statusReason").asText()).isEqualTo("Not in the register.");
    var again =
        net.http.as(ada).post("/volunteer-applications", application(today().plusDays(900)));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body().path("credentials")).hasSize(2);
    assertThat(net.http.as(ada).post("/volunteer-applications", application(today())).code())
        .isEqualTo("not-from-here");
    assertThat(
            net.http
                .as(net.clinician)
                .post("/volunteer-applications", application(today().plusDays(9)))
                .code())
        .isEqualTo("not-a-volunteer-network");
  }

  @Test
  void an_administrator_of_another_network_finds_nobody() {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    var stranger = net.world.person("Eve", net.clinics, Role.ADMINISTRATOR);
    var reply = net.http.as(stranger).post("/volunteers/" + ada.id() + "/pause", Map.of());
    assertThat(reply.status()).isEqualTo(404);
    assertThat(net.http.as(stranger).get("/network-volunteers").body().path("items")).isEmpty();
  }

  @Test
  void a_licence_that_ends_suspends_once_over_nodes_and_passes_the_open_offer_on()
      throws Exception {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    var ben = net.specialist("Ben Costa", "dermatology", "en");
    lastDayOf(ada, today());
    var consult = net.triaged(Urgency.GREEN);
    var offer = net.offered(consult, ada);
    clock().runDue();
    assertThat(status(ada)).as("the last day still counts").isEqualTo("active");
    assertThat(mayNotPractise(ada, ben)).isEmpty();

    lastDayOf(ada, today().minusDays(1));
    assertThat(mayNotPractise(ada, ben)).as("before anybody has looked").containsExactly(ada.id());
    assertThat(atOnce(4, () -> clock().runDue())).isEqualTo(1);

    assertThat(status(ada)).isEqualTo("suspended");
    assertThat(net.http.as(ada).get("/offers/" + offer).body().path("status").asText())
        .isEqualTo("withdrawn");
    assertThat(openOfferOf(consult)).isEqualTo(ben.id().toString());
    deliver();
    assertThat(told.stream().filter(VolunteerSuspended.class::isInstance)).hasSize(1);

    var claimed =
        net.http
            .as(ada)
            .post(
                "/volunteer-profile/credentials",
                Map.of(
                    "country",
                    "PT",
                    "number",
                    "OM-1",
                    "validUntil",
                    today().plusDays(700).toString()));
    assertThat(claimed.status()).as(claimed.body().toString()).isEqualTo(201);
    var renewal =
        claimed
            .body()
            .path("credentials")
            .valueStream()
            .filter(c -> c.path("state").asText().equals("claimed"))
            .findFirst()
            .orElseThrow();
    assertThat(status(ada)).as("a claim changes nothing").isEqualTo("suspended");
    act(ada, "/credentials/" + renewal.path("id").asText() + "/verification");
    assertThat(status(ada)).isEqualTo("active");
  }

  @Test
  void an_end_is_warned_of_at_sixty_thirty_and_seven_days_once_each() throws Exception {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    lastDayOf(ada, today().plusDays(61));
    assertThat(clock().runDue()).isZero();
    for (int days : new int[] {1, 30, 23}) {
      net.world.clock().advance(Duration.ofDays(days));
      assertThat(atOnce(3, () -> clock().runDue())).isEqualTo(1);
      assertThat(clock().runDue()).isZero();
    }
    deliver();
    assertThat(told)
        .extracting(e -> ((CredentialExpiring) e).daysLeft())
        .containsExactlyInAnyOrder(60, 30, 7);
  }

  @Test
  void a_revoked_licence_suspends_at_once_and_nobody_verifies_their_own() {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    var own = net.http.as(administrator).get("/network-volunteers").body().at("/items/0");
    var path = "/credentials/" + own.at("/credentials/0/id").asText();
    act(ada, path + "/revocation", Map.of("reason", "Struck off."));
    assertThat(status(ada)).isEqualTo("suspended");
    assertThat(mayNotPractise(ada)).containsExactly(ada.id());
    assertThat(act(ada, "/return").code()).isEqualTo("not-from-here");

    var herself =
        new Caller(
            ada.id(),
            net.helpers,
            Role.ADMINISTRATOR,
            "Ada",
            Optional.empty(),
            ada.caller().zone());
    var licence = UUID.fromString(own.at("/credentials/0/id").asText());
    assertThatThrownBy(() ->
            net.as(
                new TestPerson(herself, ada.email(), ada.password()),
                tx -> net.scheduling.volunteers().credentials().verify(tx, ada.id(), licence)))
        .hasMessageContaining("Somebody else");
  }

  @Test
  void a_pause_ends_by_itself_on_the_day_told() {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    var paused =
        net.http
            .as(ada)
            .post(
                "/volunteer-profile/pause",
                Map.of("until", today().plusDays(2).toString(), "reason", "A wedding"));
    assertThat(paused.status()).as(paused.body().toString()).isEqualTo(200);
    assertThat(barsOf(net.triaged(Urgency.GREEN))).containsExactly("not-active");
    net.world.clock().advance(Duration.ofDays(2));
    assertThat(clock().runDue()).isZero();
    net.world.clock().advance(Duration.ofDays(1));
    assertThat(clock().runDue()).isEqualTo(1);
    assertThat(status(ada)).isEqualTo("active");
  }

  @Test
  void a_profile_is_saved_on_the_version_that_was_read() {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    var body =
        Map.of(
            "weeklyCap",
            2,
            "redCalls",
            false,
            "restHours",
            12,
            "quietHours",
            Map.of("from", "00:00", "until", "23:59"),
            "channels",
            List.of("mail", "ring"),
            "languages",
            List.of(Map.of("code", "pt", "level", "basic")));
    var saved = net.http.as(ada).put("/volunteer-profile", 1, body);
    assertThat(saved.status()).as(saved.body().toString()).isEqualTo(200);
    assertThat(saved.body().at("/languages/0/needsInterpreter").asBoolean()).isTrue();
    assertThat(saved.body().at("/languages/0/writes").isMissingNode()).isTrue();
    assertThat(net.http.as(ada).put("/volunteer-profile", 1, body).status()).isEqualTo(412);
    assertThat(barsOf(net.triaged(Urgency.GREEN))).containsExactly("quiet-hours");
  }

  private void lastDayOf(TestPerson person, LocalDate day) {
    net.asServer(tx ->
        tx.run(
            "UPDATE scheduling.volunteer_licence SET valid_until = $2 WHERE account_id = $1",
            person.id(),
            day));
  }

  private Set<AccountId> mayNotPractise(TestPerson... people) {
    var accounts = Arrays.stream(people).map(TestPerson::id).toList();
    return net.world
        .platform()
        .database()
        .asWorker(tx -> net.scheduling.volunteers().mayNotPractise(tx, accounts));
  }

  private CredentialClock clock() {
    return net.scheduling.credentials();
  }

  private String status(TestPerson person) {
    return net.world
        .platform()
        .database()
        .asWorker(tx ->
            tx.one("SELECT status FROM scheduling.volunteer WHERE account_id = $1", person.id())
                .orElseThrow()
                .getString("status"));
  }

  private List<JsonNode> candidates(ConsultId consult) {
    var reply = net.http.as(net.coordinator).get("/consults/" + consult + "/candidates");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().path("items").valueStream().toList();
  }

  private List<String> barsOf(ConsultId consult) {
    return candidates(consult)
        .getFirst()
        .path("barred")
        .valueStream()
        .map(term -> term.path("code").asText())
        .toList();
  }

  private String openOfferOf(ConsultId consult) {
    return net.consult(consult)
        .path("offers")
        .valueStream()
        .filter(o -> o.path("status").asText().equals("open"))
        .map(o -> o.at("/specialist/id").asText())
        .findFirst()
        .orElse("nobody: " + Json.text(net.consult(consult)));
  }

  private void deliver() {
    net.world.platform().delivery().deliverDue();
  }

  /** As so many nodes do it in the same moment; answers the sum. */
  private static int atOnce(int nodes, Callable<Integer> work) throws Exception {
    var sum = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(Collections.nCopies(nodes, work))) {
        sum.addAndGet(one.get());
      }
    }
    return sum.get();
  }
}
