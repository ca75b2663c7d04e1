package org.consilium.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.consult.History;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.volunteer.VolunteerStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leave, going and newer zone data do to appointments that are booked. */
class MendingIT {
  private static final Instant TOMORROW = TestPlatform.START.plus(Duration.ofDays(1));
  private static Network net;

  @BeforeAll
  static void start() {
    net = new Network();
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  @BeforeEach
  void morning() {
    net.world.clock().set(TestPlatform.START);
    net.asServer(tx -> {
      tx.run("UPDATE scheduling.booking SET cancelled = true");
      tx.run("UPDATE scheduling.appointment SET status = 'done' WHERE is_coming");
    });
  }

  @Test
  void leave_breaks_what_lies_in_it_and_a_coordinator_approves_the_nearest_time() {
    var ada = net.specialist("Ada Osei", "dermatology", "en");
    var consult = net.carried(ada, net.lodwar);
    var booked = book(consult, TOMORROW);
    run();
    assertThat(work()).as("nothing has changed").isEmpty();

    net.world.clock().advance(Duration.ofMinutes(1));
    net.asServer(tx -> net.scheduling.roster().save(tx, ada.id(), Network.daily("14:00", "16:00")));
    run();
    run();
    var work = work();
    assertThat(work).hasSize(1);
    var one = net.http.as(net.coordinator).get("/broken-appointments").body().at("/items/0");
    assertThat(one.path("cause").asText()).isEqualTo("hours");
    assertThat(one.path("proposed").asText()).isEqualTo("2026-03-03T14:00:00Z");
    assertThat(one.at("/appointment/id").asText()).isEqualTo(id(booked));
    assertThat(net.http.as(ada).get("/notices").body().at("/items/0/kind").asText())
        .isEqualTo("broken");

    var path = "/broken-appointments/" + work.getFirst() + "/approval";
    var moved = net.http.as(net.coordinator).post(path, Map.of());
    assertThat(moved.body().path("start").asText())
        .as(moved.toString())
        .isEqualTo("2026-03-03T14:00:00Z");
    assertThat(work()).isEmpty();
    assertThat(net.http.as(net.coordinator).post(path, Map.of()).code())
        .isEqualTo("decided-already");
  }

  @Test
  void who_leaves_breaks_what_they_carry_and_hours_that_come_back_mend_it() {
    var eva = net.specialist("Eva Lund", "dermatology", "en");
    var consult = net.carried(eva, net.lodwar);
    book(consult, TOMORROW);
    net.asServer(tx ->
        tx.run(
            "UPDATE scheduling.volunteer SET status = 'paused' WHERE account_id = $1", eva.id()));
    run();
    run();
    var one = net.http.as(net.coordinator).get("/broken-appointments").body().at("/items/0");
    assertThat(one.path("cause").asText()).isEqualTo("left");
    assertThat(one.has("proposed")).as("nobody can be had").isFalse();
    var kept =
        net.http
            .as(net.coordinator)
            .post(
                "/broken-appointments/" + one.path("id").asText() + "/keeping",
                Map.of("reason", "She comes this once"));
    assertThat(kept.status()).isEqualTo(204);
    assertThat(work()).isEmpty();

    var ola = net.specialist("Ola Berg", "dermatology", "en");
    book(net.carried(ola, net.lodwar), TOMORROW.plusSeconds(3600));
    net.world.clock().advance(Duration.ofMinutes(1));
    net.asServer(tx -> net.scheduling.roster().save(tx, ola.id(), Hours.none(ZoneId.of("UTC"))));
    run();
    assertThat(work()).hasSize(1);
    net.world.clock().advance(Duration.ofMinutes(1));
    net.asServer(tx -> net.scheduling.roster().save(tx, ola.id(), Network.daily("08:00", "18:00")));
    run();
    assertThat(work()).isEmpty();
  }

  @Test
  void newer_zone_data_keeps_the_clinics_clock_and_moves_everybody() {
    var iris = net.specialist("Iris Kato", "dermatology", "en");
    var free = net.carried(iris, net.lodwar);
    var blocked = net.carried(iris, net.lodwar);
    book(free, TOMORROW.plusSeconds(3600));
    // One hour earlier than this the specialist is not there yet.
    book(blocked, TOMORROW.minusSeconds(3600));
    var edition = new ZoneReckoning("2099z", MendingIT::hourLater);
    var booking = with(edition);
    booking.clock().runDue();
    booking.clock().runDue();

    assertThat(coming(free)).isEqualTo(TOMORROW.toString());
    assertThat(coming(blocked)).isEqualTo(TOMORROW.minusSeconds(3600).toString());
    var one = net.http.as(net.coordinator).get("/broken-appointments").body().at("/items/0");
    assertThat(one.path("cause").asText()).isEqualTo("zone");
    assertThat(
            net.count(
                "SELECT count(*) FROM scheduling.appointment WHERE is_coming AND zone_data <> $1",
                "2099z"))
        .isZero();
    assertThat(net.http.as(iris).get("/notices").body().path("items").findValuesAsText("kind"))
        .contains("moved", "broken");
  }

  /** An edition in which Kenya keeps its clocks an hour ahead of what the JDK knows. */
  private static Instant hourLater(LocalDateTime local, ZoneId zone) {
    var known = local.atZone(zone).toInstant();
    return zone.getId().equals("Africa/Nairobi") ? known.minusSeconds(3600) : known;
  }

  private static Booking with(ZoneReckoning zones) {
    var platform = net.world.platform();
    var consults = new ConsultStore();
    var bookings = new BookingStore();
    var hours = new HoursStore();
    return new Booking(
        platform,
        bookings,
        consults,
        new ConsultChanges(platform, consults, new History()),
        new VolunteerStore(),
        hours,
        new DutyBoard(hours, bookings::booked),
        (_, _, _) -> Set.of(),
        zones);
  }

  private static void run() {
    net.scheduling.booking().clock().runDue();
  }

  private static String coming(ConsultId consult) {
    return net.consult(consult).at("/summary/appointment/start").asText();
  }

  private static List<UUID> work() {
    return net.http
        .as(net.coordinator)
        .get("/broken-appointments")
        .body()
        .path("items")
        .valueStream()
        .map(one -> UUID.fromString(one.path("id").asText()))
        .toList();
  }

  private static Reply book(ConsultId consult, Instant start) {
    var reply =
        net.http
            .as(net.clinician)
            .post(
                "/consults/" + consult + "/appointments",
                Map.of("start", start.toString(), "minutes", 30));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply;
  }

  private static String id(Reply reply) {
    return reply.body().path("id").asText();
  }
}
