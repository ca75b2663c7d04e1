package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.message.HeadReader;

/**
 * Whatever is cut and whenever: each hears each other's messages once and in order.
 *
 * <p>The network is a pair of queues for each connection. A cut loses what is still in them, each
 * side learning of it at another time.
 */
class DeliveryPropertyTest {
  private static final int PEOPLE = 3;

  @Property(tries = 400)
  void every_message_arrives_once_and_in_order(
      @ForAll long seed, @ForAll @IntRange(min = 20, max = 400) int steps) {
    var random = new Random(seed);
    var world = new RoomWorld();
    var people = new ArrayList<Person>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(new Person(world, "p" + i));
    }
    for (int step = 0; step < steps; step++) {
      var person = people.get(random.nextInt(PEOPLE));
      switch (random.nextInt(10)) {
        case 0 -> person.cut(random);
        case 1 -> person.cutUnnoticedByTheServer(random);
        case 2 -> person.reconnect();
        case 3 -> person.ping();
        case 4, 5, 6 -> person.say();
        default -> person.wire.move(random.nextInt(4), random.nextInt(4));
      }
      world.pass(Duration.ofMillis(100));
    }
    settle(people);
    for (var hearer : people) {
      for (var speaker : people) {
        if (hearer != speaker) {
          assertThat(hearer.heardFrom(speaker))
              .as("%s of %s", hearer.name, speaker.name)
              .isEqualTo(speaker.said());
        }
      }
      assertThat(hearer.startsAnew).as("nobody was away for too long").isOne();
    }
  }

  /** More than the server keeps is said to who is away, so that there is nothing to replay. */
  @Property(tries = 60)
  void who_missed_too_much_is_told_and_hears_nothing_twice_or_out_of_order(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 60) int steps) {
    var random = new Random(seed);
    var world = new RoomWorld();
    var people = new ArrayList<Person>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(new Person(world, "p" + i));
    }
    for (int step = 0; step < steps; step++) {
      var person = people.get(random.nextInt(PEOPLE));
      switch (random.nextInt(6)) {
        case 0 -> person.cut(random);
        case 1 -> person.cutUnnoticedByTheServer(random);
        case 2 -> person.reconnect();
        case 3 -> person.sayMany(random.nextInt(1, Outbox.MESSAGES_MAX));
        default -> person.wire.move(random.nextInt(300), random.nextInt(300));
      }
      world.pass(Duration.ofMillis(100));
    }
    settle(people);
    people.forEach(Person::say);
    settle(people);
    for (var hearer : people) {
      for (var speaker : people) {
        if (hearer != speaker) {
          var heard = hearer.heardFrom(speaker);
          assertThat(heard).as("%s of %s", hearer.name, speaker.name).isSorted();
          assertThat(heard).doesNotHaveDuplicates().endsWith(speaker.count);
          if (hearer.startsAnew == 1) {
            assertThat(heard).isEqualTo(speaker.said());
          }
        }
      }
    }
  }

  private static void settle(List<Person> people) {
    for (int round = 0; round < 3; round++) {
      people.forEach(Person::reconnect);
      people.forEach(person -> person.wire.move(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }
  }

  /** A client as {@code PROTOCOL.md} wants it. */
  private static final class Person {
    final RoomWorld world;
    final String name;
    final List<JsonNode> heard = new ArrayList<>();
    private final List<String> unacknowledged = new ArrayList<>();
    private long firstUnacknowledged = 1;
    private long lastSeq;
    private int seat;
    private String token;
    private int count;

    /** Once at the beginning, and once each time something was lost for good. */
    private int startsAnew;

    Wire wire;

    Person(RoomWorld world, String name) {
      this.world = world;
      this.name = name;
      wire = new Wire(this);
      world.room.enter(world.admission(name, CallRole.CLINICIAN, AdmissionMode.DIRECT), wire);
      wire.move(Integer.MAX_VALUE, 0);
    }

    void say() {
      long seq = firstUnacknowledged + unacknowledged.size();
      String text = "{\"type\":\"chat\",\"seq\":" + seq + ",\"body\":{\"n\":" + ++count + "}}";
      unacknowledged.add(text);
      if (wire.welcomed) { // Before the welcome a client only keeps what it wants to say.
        wire.fromClient.add(text);
      }
    }

    void sayMany(int times) {
      for (int i = 0; i < times; i++) {
        say();
      }
    }

    void ping() {
      wire.fromClient.add("{\"type\":\"ping\",\"ack\":" + lastSeq + "}");
    }

    /** Both sides lose the connection; some of what was on its way still arrives. */
    void cut(Random random) {
      wire.move(random.nextInt(3), random.nextInt(3));
      world.room.disconnected(wire);
      wire.fromClient.clear();
      wire.toClient.clear();
      wire.closed = true;
    }

    /** The client comes back while the server still thinks that the old connection lives. */
    void cutUnnoticedByTheServer(Random random) {
      wire.move(random.nextInt(3), 0);
      Wire old = wire;
      var late = List.copyOf(old.fromClient);
      old.toClient.clear();
      old.closed = true;
      reconnect();
      late.forEach(old::arrive);
      world.room.disconnected(old);
    }

    void reconnect() {
      if (!wire.closed) {
        return;
      }
      wire = new Wire(this);
      world.room.resume(seat, token, lastSeq, wire);
    }

    void hear(JsonNode message) {
      switch (message.get("type").asText()) {
        case "welcome" -> {
          seat = message.at("/self/seat").asInt();
          token = message.get("resumeToken").asText();
          if (message.get("resumed").asBoolean()) {
            assertThat(message.get("seq").asLong()).isEqualTo(lastSeq);
          } else {
            startsAnew++;
            assertThat(message.get("seq").asLong()).isGreaterThanOrEqualTo(lastSeq);
            lastSeq = message.get("seq").asLong();
          }
          acknowledged(message.get("accepted").asLong());
          wire.fromClient.addAll(unacknowledged);
          wire.welcomed = true;
        }
        case "pong" -> acknowledged(message.get("accepted").asLong());
        case "error" -> throw new AssertionError(message);
        default -> {
          assertThat(message.get("seq").asLong()).isEqualTo(lastSeq + 1);
          lastSeq++;
          heard.add(message);
        }
      }
    }

    private void acknowledged(long seq) {
      while (firstUnacknowledged <= seq) {
        unacknowledged.removeFirst();
        firstUnacknowledged++;
      }
    }

    List<Integer> said() {
      return IntStream.rangeClosed(1, count).boxed().toList();
    }

    List<Integer> heardFrom(Person other) {
      return heard.stream()
          .filter(message -> message.path("from").asInt() == other.seat)
          .map(message -> message.at("/body/n").asInt())
          .toList();
    }
  }

  /** One connection: what is on its way, each way. */
  private static final class Wire implements SeatSocket {
    final ArrayDeque<byte[]> toClient = new ArrayDeque<>();
    final ArrayDeque<String> fromClient = new ArrayDeque<>();
    private final Person person;
    boolean welcomed;
    boolean closed;

    Wire(Person person) {
      this.person = person;
    }

    /** Lets so many messages arrive at each end. */
    void move(int toClientMost, int fromClientMost) {
      for (int i = 0; i < toClientMost && !toClient.isEmpty(); i++) {
        try {
          person.hear(RoomWorld.JSON.readTree(toClient.poll()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
      for (int i = 0; i < fromClientMost && !fromClient.isEmpty(); i++) {
        arrive(fromClient.poll());
      }
    }

    void arrive(String text) {
      var read = HeadReader.read(text.getBytes(StandardCharsets.UTF_8));
      person.world.room.received(this, ((HeadReader.Result.Read) read).message());
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void send(byte[] message) {
      if (!closed) {
        toClient.add(message);
      }
    }

    @Override
    public void close(CloseCode code, String reason) {
      assertThat(code).isEqualTo(CloseCode.REPLACED);
      closed = true;
    }
  }
}
