package org.consilium.signaling.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.SignIn;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.call.OpenConsults;
import org.consilium.signaling.testing.CallSockets;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: real sockets on each, real requests, a clock that the test sets. */
class RingIT {
  private static final Map<AccountId, OfferId> OFFERS = new ConcurrentHashMap<>();

  private static TestPlatform world;
  private static Platform otherPlatform;
  private static Signaling here;
  private static Signaling there;
  private static TestHttp http;
  private static CallSockets hereSockets;
  private static CallSockets thereSockets;
  private static OrganisationId clinics;
  private static OrganisationId volunteers;
  private static SiteId site;

  private final List<CallSockets.Client> opened = new ArrayList<>();
  private ConsultId consult;
  private TestPerson clinician;
  private TestPerson specialist;

  @BeforeAll
  static void start() {
    world = TestPlatform.start(Signaling.SCHEMA);
    otherPlatform = new Platform(world.vertx(), world.address(), world.clock(), Signer.ephemeral());
    here = signaling(world.platform());
    there = signaling(otherPlatform);
    here.start();
    there.start();
    http = world.serve(here.routes());
    hereSockets = new CallSockets(world.vertx(), here.relay());
    thereSockets = new CallSockets(world.vertx(), there.relay());
    clinics = world.organisation("Mara Valley Health", "clinic-network");
    volunteers = world.organisation("Open Hands", "volunteer-network");
    site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
  }

  private static Signaling signaling(Platform platform) {
    return new Signaling(
        platform,
        TurnConfig.NONE,
        Optional.empty(),
        new Consults(),
        Optional.empty(),
        new SimpleMeterRegistry());
  }

  /** Every consult goes on, is red, and is offered to whom the test says. */
  private static final class Consults implements OpenConsults {
    @Override
    public boolean isOpen(Tx tx, ConsultId consult) {
      return true;
    }

    @Override
    public Optional<Brief> brief(Tx tx, ConsultId consult) {
      return Optional.of(new Brief("red", Optional.of("neonatology")));
    }

    @Override
    public Map<AccountId, OfferId> openOffers(Tx tx, ConsultId consult) {
      return OFFERS;
    }
  }

  @AfterAll
  static void stop() throws Exception {
    hereSockets.close();
    thereSockets.close();
    here.close();
    there.close();
    otherPlatform.close();
    world.close();
  }

  @BeforeEach
  void a_consult_of_two() {
    clinician = world.person("Amina", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    specialist = world.person("Ines", volunteers, Role.SPECIALIST);
    consult = consult(specialist);
  }

  @AfterEach
  void hang_up() {
    opened.forEach(CallSockets.Client::cut);
    OFFERS.clear();
    world.clock().set(TestPlatform.START.plus(Duration.ofHours(1)));
    here.rings().runDue();
    world.clock().set(TestPlatform.START);
  }

  private ConsultId consult(TestPerson... team) {
    var id = ConsultId.random();
    world
        .platform()
        .database()
        .inTransaction(
            clinician.caller(),
            tx -> {
              var careTeam = world.platform().careTeam();
              careTeam.open(tx, id, clinics, PatientId.random(), site);
              careTeam.join(tx, id, clinician.id(), Relation.REQUESTER);
              for (var person : team) {
                careTeam.join(tx, id, person.id(), Relation.SPECIALIST);
              }
              return null;
            });
    return id;
  }

  private CallSockets.Client device(TestPerson person, CallSockets node) {
    var ticket = http.as(person).post("/presence/tickets");
    assertThat(ticket.status()).as(ticket.toString()).isEqualTo(201);
    var device = node.connectOnly("presence." + ticket.body().path("ticket").asText());
    opened.add(device);
    return device;
  }

  /** One that has been told how things stand. */
  private CallSockets.Client present(TestPerson person, CallSockets node) {
    var device = device(person, node);
    device.hear("present");
    return device;
  }

  private JsonNode ring(TestPerson from, TestPerson to) {
    var reply = http.as(from).post(rings(consult), Map.of("account", to.id().toString()));
    assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
    return reply.body();
  }

  private static String rings(ConsultId consult) {
    return "/consults/" + consult + "/call/rings";
  }

  private static String answer(JsonNode ring) {
    return "{'type':'ring-answer','ring':'" + ring.path("id").asText() + "'}";
  }

  @Test
  void a_ring_is_heard_and_answered_on_another_node_and_the_caller_is_told() {
    var caller = present(clinician, hereSockets);
    var phone = present(specialist, thereSockets);
    var desktop = present(specialist, hereSockets);

    var rung = ring(clinician, specialist);
    assertThat(rung.path("state").asText()).isEqualTo("ringing");
    assertThat(caller.hear("ring").at("/ring/callee/name").asText()).isEqualTo("Ines");
    var heard = phone.hear("ring").path("ring");
    assertThat(heard.at("/caller/name").asText()).isEqualTo("Amina");
    assertThat(heard.path("urgency").asText()).isEqualTo("red");
    assertThat(heard.path("specialty").asText()).isEqualTo("neonatology");
    desktop.hear("ring");

    phone.say(answer(heard));

    var way = phone.hear("ring-answered").path("call");
    assertThat(caller.hear("ring-ended").path("reason").asText()).isEqualTo("answered");
    // The same browser session: it knows that it was answered here.
    assertThat(desktop.hear("ring-ended").path("reason").asText()).isEqualTo("answered");
    var seat = thereSockets.connect("ticket." + way.path("ticket").asText());
    opened.add(seat);
  }

  @Test
  void another_sign_in_of_the_same_person_reads_that_it_was_answered_elsewhere() {
    var phone = present(specialist, thereSockets);
    var other = otherSignIn(specialist);
    var ring = ring(clinician, specialist);
    phone.hear("ring");
    other.hear("ring");

    other.say(answer(ring));
    other.hear("ring-answered");

    assertThat(phone.hear("ring-ended").path("reason").asText()).isEqualTo("answered-elsewhere");
    phone.say(answer(ring));
    assertThat(phone.hear("ring-ended").path("reason").asText()).isEqualTo("answered-elsewhere");
    // The answer got lost on a bad link: asking again is as good as asking once.
    other.say(answer(ring));
    assertThat(other.hear("ring-answered").at("/call/ticket").asText()).isNotEmpty();
  }

  private CallSockets.Client otherSignIn(TestPerson person) {
    var reply =
        http.anonymous()
            .post("/sessions", Map.of("email", person.email(), "password", person.password()));
    var cookie = reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    var ticket =
        http.anonymous()
            .send(
                HttpRequest.newBuilder(http.url("/api/v1/presence/tickets"))
                    .header("Cookie", cookie)
                    .POST(HttpRequest.BodyPublishers.noBody()));
    var device = hereSockets.connectOnly("presence." + ticket.body().path("ticket").asText());
    opened.add(device);
    device.hear("present");
    return device;
  }

  @Test
  void of_sixteen_who_answer_at_once_exactly_one_wins() throws Exception {
    var ring = ring(clinician, specialist);
    var id = RingId.parse(ring.path("id").asText());
    var signIns = IntStream.range(0, 16).mapToObj(_ -> signIn(specialist)).toList();
    var start = new CountDownLatch(1);
    var outcomes = new ArrayList<Future<RingDesk.Outcome>>();
    try (var racers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < signIns.size(); i++) {
        var signIn = signIns.get(i);
        var desk = (i % 2 == 0 ? here : there).rings();
        outcomes.add(
            racers.submit(() -> {
              start.await();
              return desk.answer(specialist.caller(), signIn, "localhost", id);
            }));
      }
      start.countDown();
    }
    int won = 0;
    for (var outcome : outcomes) {
      won += outcome.get() instanceof RingDesk.Outcome.Answered ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
  }

  private static SignIn signIn(TestPerson person) {
    http.anonymous()
        .post("/sessions", Map.of("email", person.email(), "password", person.password()));
    return world
        .platform()
        .database()
        .asWorker(tx ->
            tx.one(
                    """
                    SELECT id, membership_id FROM platform.session
                     WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1
                    """,
                    person.id())
                .map(row ->
                    new SignIn(row.getUUID("id"), new MembershipId(row.getUUID("membership_id"))))
                .orElseThrow());
  }

  @Test
  void who_declines_says_why_and_has_missed_nothing() {
    var caller = present(clinician, thereSockets);
    var phone = present(specialist, hereSockets);
    var ring = ring(clinician, specialist);

    phone.say("{'type':'ring-decline','reason':'busy','ring':'" + ring.path("id").asText() + "'}");

    assertThat(caller.hear("ring-ended").path("reason").asText()).isEqualTo("busy");
    assertThat(phone.hear("ring-ended").at("/ring/state").asText()).isEqualTo("declined");
    assertThat(http.as(specialist).get("/rings?missed=true").body().path("items")).isEmpty();
  }

  @Test
  void what_rings_too_long_is_missed_once_over_two_nodes_and_listed_until_seen() {
    var caller = present(clinician, hereSockets);
    var phone = present(specialist, thereSockets);
    var ring = ring(clinician, specialist);
    phone.hear("ring");
    world.clock().set(TestPlatform.START.plus(RingDesk.RINGS_FOR).minusMillis(1));
    assertThat(here.rings().runDue()).isZero();

    world.clock().set(TestPlatform.START.plus(RingDesk.RINGS_FOR));
    int missed =
        Stream.of(here, there, here, there)
            .parallel()
            .mapToInt(node -> node.rings().runDue())
            .sum();

    assertThat(missed).isEqualTo(1);
    assertThat(caller.hear("ring-ended").path("reason").asText()).isEqualTo("missed");
    assertThat(phone.hear("ring-ended").path("reason").asText()).isEqualTo("missed");
    var listed = http.as(specialist).get("/rings?missed=true").body().path("items");
    assertThat(listed).hasSize(1);
    assertThat(device(specialist, hereSockets).hear("present").path("missed").asInt()).isEqualTo(1);

    var seen = http.as(specialist).post("/rings/seen", Map.of("rings", List.of(ring.path("id"))));
    assertThat(seen.status()).isEqualTo(204);
    assertThat(http.as(specialist).get("/rings?missed=true").body().path("items")).isEmpty();
  }

  @Test
  void a_page_that_opens_while_it_rings_rings_too() {
    var ring = ring(clinician, specialist);

    var late = device(specialist, thereSockets).hear("present");

    assertThat(late.at("/incoming/0/id")).isEqualTo(ring.path("id"));
    assertThat(device(clinician, thereSockets).hear("present").at("/outgoing/0/id"))
        .isEqualTo(ring.path("id"));
  }

  @Test
  void ringing_twice_is_one_ring_and_giving_up_ends_it_for_both() {
    var phone = present(specialist, hereSockets);
    var ring = ring(clinician, specialist);
    assertThat(ring(clinician, specialist).path("id")).isEqualTo(ring.path("id"));
    assertThat(rungByHand()).containsExactly(Map.entry(specialist.id(), 1));

    var path = "/rings/" + ring.path("id").asText() + "/cancellation";
    assertThat(http.as(specialist).post(path).status()).isEqualTo(404);
    assertThat(http.as(clinician).post(path).body().path("state").asText()).isEqualTo("cancelled");

    assertThat(phone.hear("ring-ended").path("reason").asText()).isEqualTo("cancelled");
    assertThat(http.as(specialist).get("/rings?missed=true").body().path("items")).hasSize(1);
    assertThat(http.as(clinician).get(rings(consult)).body().at("/items/0/state").asText())
        .isEqualTo("cancelled");
  }

  @Test
  void who_sits_in_another_call_is_not_disturbed_but_reads_of_it() {
    var phone = present(specialist, thereSockets);
    var other = consult(specialist);
    var seat =
        hereSockets.connect(
            "ticket."
                + http.as(specialist)
                    .post("/consults/" + other + "/call/tickets")
                    .body()
                    .path("ticket")
                    .asText());
    opened.add(seat);
    seated(other);

    assertThat(ring(clinician, specialist).path("state").asText()).isEqualTo("busy");
    var told = phone.hear();
    assertThat(told.path("type").asText()).isEqualTo("ring-ended");
    assertThat(told.path("reason").asText()).isEqualTo("busy");
    assertThat(http.as(specialist).get("/rings?missed=true").body().path("items")).hasSize(1);
    assertThat(people(clinician)).containsEntry("Ines", "in-call");
    assertThat(rungByHand()).as("they heard nothing").isEmpty();
  }

  private Map<AccountId, Integer> rungByHand() {
    return world
        .platform()
        .database()
        .asWorker(tx ->
            RungByHand.since(tx, List.of(specialist.id()), tx.now().minus(Duration.ofDays(7))));
  }

  /** Waits until the record says that somebody sits in the call of this consult. */
  private void seated(ConsultId about) {
    while (http.as(clinician)
        .get("/consults/" + about + "/call")
        .body()
        .path("present")
        .isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void who_leaves_the_call_rings_nobody_any_more() {
    var ticket = http.as(clinician).post("/consults/" + consult + "/call/tickets");
    var seat = hereSockets.connect("ticket." + ticket.body().path("ticket").asText());
    opened.add(seat);
    var phone = present(specialist, thereSockets);
    ring(clinician, specialist);
    phone.hear("ring");

    seat.say("{'type':'leave','seq':1}");

    assertThat(phone.hear("ring-ended").path("reason").asText()).isEqualTo("cancelled");
  }

  @Test
  void two_nodes_agree_who_can_be_rung() {
    assertThat(people(clinician)).containsEntry("Ines", "away");
    var phone = present(specialist, thereSockets);
    assertThat(people(clinician)).containsEntry("Ines", "reachable");
    var asked = "/presence?accounts=" + specialist.id() + "," + clinician.id();
    assertThat(http.as(clinician).get(asked).body().path("items")).hasSize(1);

    phone.cut();
    while (people(clinician).get("Ines").equals("reachable")) {
      Thread.onSpinWait();
    }

    // A node that is killed says nothing: its people are gone when it has been silent.
    present(specialist, thereSockets);
    world.clock().set(TestPlatform.START.plus(PresenceStore.PRESENT_FOR).plusMillis(1));
    assertThat(people(clinician)).containsEntry("Ines", "away");
  }

  private Map<String, String> people(TestPerson asking) {
    var reply = http.as(asking).get("/consults/" + consult + "/call/people");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    var people = new ConcurrentHashMap<String, String>();
    reply
        .body()
        .path("items")
        .forEach(one -> people.put(one.at("/person/name").asText(), one.path("reach").asText()));
    return people;
  }

  @Test
  void an_urgent_offer_rings_leads_to_no_call_and_ends_with_the_offer() {
    var asked = world.person("Bruno", volunteers, Role.SPECIALIST);
    var phone = present(asked, thereSockets);
    var offer = OfferId.random();
    OFFERS.put(asked.id(), offer);
    var until = TestPlatform.START.plus(Duration.ofMinutes(5));
    ringForOffer(asked, offer, until);
    ringForOffer(asked, offer, until);

    var ring = phone.hear("ring").path("ring");
    assertThat(ring.path("offerId").asText()).isEqualTo(offer.toString());
    assertThat(ring.has("caller")).isFalse();
    phone.say(answer(ring));
    assertThat(phone.hear("ring-answered").has("call")).isFalse();
    ringForOffer(asked, offer, until);
    assertThat(device(asked, hereSockets).hear("present").path("incoming")).isEmpty();
    assertThat(http.as(asked).get(rings(consult)).status()).isEqualTo(404);

    var next = world.person("Chen", volunteers, Role.SPECIALIST);
    OFFERS.put(next.id(), OfferId.random());
    var nextPhone = present(next, hereSockets);
    ringForOffer(next, OFFERS.get(next.id()), until);
    nextPhone.hear("ring");
    world
        .platform()
        .database()
        .asWorker(tx -> {
          here.rings().offerEnded(tx, OFFERS.get(next.id()), RingState.CANCELLED);
          return next;
        });
    assertThat(nextPhone.hear("ring-ended").path("reason").asText()).isEqualTo("cancelled");
  }

  private void ringForOffer(TestPerson to, OfferId offer, Instant until) {
    world
        .platform()
        .database()
        .asWorker(tx -> {
          here.rings().ringForOffer(tx, offer, consult, to.id(), until);
          return to;
        });
  }

  @Test
  void only_those_of_the_consult_ring_and_are_rung() {
    var stranger =
        world.person("Bob", world.organisation("Elsewhere", "clinic-network"), Role.CLINICIAN);
    var idle = world.person("Dora", volunteers, Role.SPECIALIST);
    var body = Map.of("account", specialist.id().toString());
    assertThat(http.as(stranger).post(rings(consult), body).code()).isEqualTo("consult-not-found");
    var toStranger =
        http.as(clinician).post(rings(consult), Map.of("account", idle.id().toString()));
    assertThat(toStranger.status()).isEqualTo(404);
    assertThat(toStranger.code()).isEqualTo("person-not-found");
    var toOneself = http.as(specialist).post(rings(consult), body);
    assertThat(toOneself.code()).isEqualTo("rings-oneself");

    var phone = present(idle, hereSockets);
    var ring = ring(clinician, specialist);
    phone.say(answer(ring));
    assertThat(phone.hear("error").path("code").asText()).isEqualTo("ring-not-found");
  }

  @Test
  void a_ticket_is_good_once_and_an_ended_session_ends_its_sockets() {
    var ticket = http.as(specialist).post("/presence/tickets").body().path("ticket").asText();
    var phone = hereSockets.connectOnly("presence." + ticket);
    opened.add(phone);
    phone.hear("present");
    assertThat(thereSockets.refusal("presence." + ticket)).isEqualTo(401);
    assertThat(thereSockets.refusal("ticket." + ticket)).isEqualTo(401);

    var unused = http.as(specialist).post("/presence/tickets").body().path("ticket").asText();
    http.as(specialist).delete("/sessions/current");

    assertThat(phone.closed()).isEqualTo(new CallSockets.Close(4007, "expired"));
    assertThat(thereSockets.refusal("presence." + unused)).isEqualTo(401);
  }

  @Test
  void a_person_has_eight_devices_and_the_ninth_closes_the_oldest() {
    var first = present(specialist, hereSockets);
    for (int i = 1; i < Presence.DEVICES_MAX; i++) {
      present(specialist, hereSockets);
    }
    first.say("{'type':'ping'}");
    first.hear("pong");

    present(specialist, hereSockets);

    assertThat(first.closed().code()).isEqualTo(4001);
  }

  @Test
  void words_that_are_not_understood_are_answered_and_the_socket_goes_on() {
    var phone = present(specialist, hereSockets);
    phone.say("{'type':'hologram'}");
    assertThat(phone.hear("error").path("code").asText()).isEqualTo("unknown-type");
    phone.say("{'type':'ring-answer'}");
    assertThat(phone.hear("error").path("code").asText()).isEqualTo("incomplete");
    phone.say("{'type':'ring-answer','x':'" + "y".repeat(ClientWord.BYTES_MAX) + "'}");
    assertThat(phone.hear("error").path("code").asText()).isEqualTo("too-large");
    phone.say("{'type':'ping','later':1}");
    phone.hear("pong");
  }
}
