package org.consilium.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.database.Tx;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryIT {
  record Happened(UUID id) implements DomainEvent {}

  private TestPlatform world;
  private Delivery delivery;

  @BeforeEach
  void start() throws Exception {
    world = TestPlatform.start();
    delivery = world.platform().delivery();
    var address = world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE platform.test_effect (
            id uuid, allowed boolean NOT NULL DEFAULT true,
            UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)
          """);
      statement.execute("GRANT SELECT, INSERT ON platform.test_effect TO consilium_worker");
    }
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  private UUID publish() {
    var id = UUID.randomUUID();
    world
        .platform()
        .database()
        .asWorker(tx -> {
          world.platform().outbox().publish(tx, new Happened(id));
          return id;
        });
    return id;
  }

  private static void effect(Tx tx, UUID id) {
    tx.run("INSERT INTO platform.test_effect (id) VALUES ($1)", id);
  }

  private int count(String sql, Object... parameters) {
    return world.platform().database().asWorker(tx -> tx.rows(sql, parameters)).size();
  }

  private int effects(UUID id) {
    return count("SELECT 1 FROM platform.test_effect WHERE id = $1", id);
  }

  private void on(String name, java.util.function.BiConsumer<Tx, Happened> effect) {
    world.platform().events().on(Happened.class, name, effect);
  }

  @Test
  void an_event_is_delivered_after_commit_and_never_after_rollback() {
    on("effect", (tx, event) -> effect(tx, event.id()));
    var lost = UUID.randomUUID();
    assertThatThrownBy(() ->
            world
                .platform()
                .database()
                .asWorker(tx -> {
                  world.platform().outbox().publish(tx, new Happened(lost));
                  throw new IllegalStateException("the act failed");
                }))
        .hasMessage("the act failed");
    assertThat(delivery.deliverDue()).isZero();
    var kept = publish();
    assertThat(effects(kept)).isZero();
    assertThat(delivery.deliverDue()).isEqualTo(1);
    assertThat(effects(kept)).isEqualTo(1);
    assertThat(delivery.deliverDue()).isZero();
  }

  @Test
  void a_failing_listener_waits_longer_each_time_is_parked_and_holds_up_nobody() {
    var tries = new AtomicInteger();
    on(
        "broken",
        (tx, event) -> {
          effect(tx, event.id());
          tries.incrementAndGet();
          throw new AssertionError("broken");
        });
    on("sound", (tx, event) -> effect(tx, event.id()));
    var id = publish();
    assertThat(delivery.deliverDue()).isEqualTo(1);
    assertThat(effects(id)).as("only the sound one's").isEqualTo(1);
    assertThat(tries).hasValue(1);

    assertThat(delivery.deliverDue()).isZero();
    assertThat(tries).as("not yet due again").hasValue(1);
    world.clock().advance(Duration.ofSeconds(1));
    delivery.deliverDue();
    assertThat(tries).hasValue(2);
    world.clock().advance(Duration.ofSeconds(1));
    delivery.deliverDue();
    assertThat(tries).as("the second wait is two seconds").hasValue(2);
    for (int i = 0; i < 20; i++) {
      world.clock().advance(Duration.ofMinutes(15));
      delivery.deliverDue();
    }
    assertThat(tries).hasValue(12);
    assertThat(count("SELECT 1 FROM platform.outbox_delivery WHERE parked AND listener = 'broken'"))
        .isEqualTo(1);
    assertThat(effects(id)).isEqualTo(1);
  }

  @Test
  void an_effect_that_fails_only_at_commit_is_postponed_too() {
    on(
        "twice",
        (tx, event) -> {
          effect(tx, event.id());
          effect(tx, event.id());
        });
    var id = publish();
    assertThat(delivery.deliverDue()).isZero();
    assertThat(effects(id)).isZero();
    assertThat(
            count("SELECT 1 FROM platform.outbox_delivery WHERE attempts = 1 AND done_at IS NULL"))
        .isEqualTo(1);
  }

  @Test
  void two_deliverers_at_once_never_do_one_delivery_twice() throws Exception {
    Map<UUID, AtomicInteger> told = new ConcurrentHashMap<>();
    on(
        "counted",
        (tx, event) -> {
          told.computeIfAbsent(event.id(), _ -> new AtomicInteger()).incrementAndGet();
          effect(tx, event.id());
        });
    for (int i = 0; i < 60; i++) {
      publish();
    }
    var second =
        new Delivery(world.platform().database(), world.platform().events(), world.clock());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(delivery::deliverDue);
      var two = threads.submit(second::deliverDue);
      assertThat(one.get() + two.get()).isEqualTo(60);
    }
    assertThat(told).hasSize(60);
    assertThat(told.values()).allMatch(times -> times.get() == 1);
    assertThat(count("SELECT 1 FROM platform.test_effect")).isEqualTo(60);
  }

  @Test
  void effect_and_done_mark_are_one_transaction() {
    var broken = new AtomicInteger(1);
    on(
        "cut",
        (tx, event) -> {
          effect(tx, event.id());
          if (broken.getAndDecrement() > 0) {
            // The connection dies between the effect and the mark.
            tx.rows("SELECT pg_terminate_backend(pg_backend_pid())");
          }
        });
    var id = publish();
    assertThat(delivery.deliverDue()).isZero();
    assertThat(effects(id)).isZero();
    world.clock().advance(Duration.ofSeconds(2));
    assertThat(delivery.deliverDue()).isEqualTo(1);
    assertThat(effects(id)).isEqualTo(1);
  }
}
