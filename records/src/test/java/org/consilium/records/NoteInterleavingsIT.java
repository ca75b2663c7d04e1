package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.chain.NoteChain;
import org.consilium.records.note.chain.NoteVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two authors, each at three devices that are off and on line, in random order: typing, saving
 * late, saving again because the answer was lost, taking over, merging, signing, adding, correcting
 * and taking back. Every word that a device has typed is at the end where its author can read it,
 * in a draft or in a signed version, wherever it went; and nothing signed has changed. A failure
 * names its seed.
 */
class NoteInterleavingsIT {
  private static final int STORIES = 6;
  private static final int STEPS = 90;
  private static final int RACES = 2;
  private static final int STEPS_OF_EACH = 20;
  private static final int DEVICES_OF_EACH = 3;

  private static Clinic clinic;
  private static List<TestPerson> authors;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    var colleague = clinic.world.person("Arjun", clinic.specialist.organisation(), Role.SPECIALIST);
    authors = List.of(clinic.specialist, colleague);
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void no_text_is_lost_in_any_order() {
    var all = new Story.Tally();
    for (int seed = 1; seed <= STORIES; seed++) {
      var random = new Random(seed);
      var story = story(seed, false);
      for (int step = 0; step < STEPS; step++) {
        story.devices.get(random.nextInt(story.devices.size())).step();
      }
      check(story);
      all.add(story.tally);
    }
    for (var what : NoteKind.values()) {
      assertThat(all.of(what)).as("the stories did sign: %s", what).isGreaterThan(STORIES / 2);
    }
    assertThat(all.beside()).as("and did collide").isGreaterThan(STORIES);
    assertThat(all.late()).as("and were late").isGreaterThan(STORIES);
    assertThat(all.refused()).as("and were refused").isGreaterThan(STORIES);
  }

  @Test
  void no_text_is_lost_when_devices_meet_at_the_same_moment() throws Exception {
    for (int seed = 1; seed <= RACES; seed++) {
      var story = story(1000 + seed, true);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var racing = new ArrayList<Callable<Void>>();
        for (var device : story.devices) {
          racing.add(() -> {
            IntStream.range(0, STEPS_OF_EACH).forEach(_ -> device.step());
            return null;
          });
        }
        for (var one : threads.invokeAll(racing)) {
          one.get();
        }
      }
      check(story);
    }
  }

  private static Story story(int seed, boolean isRace) {
    var consult = clinic.consult();
    clinic.join(consult, authors.getLast().id());
    return new Story(clinic, consult, authors, DEVICES_OF_EACH, seed, isRace);
  }

  private static void check(Story story) {
    story.devices.forEach(Story.Device::sync);
    for (var author : authors) {
      assertThat(readable(story.consult, author))
          .as("seed %d, what %s has typed", story.seed, author.caller().name())
          .containsAll(story.typed.get(author));
    }
    assertThat(signedTexts(story.consult))
        .as("seed %d, what was signed is as it was then", story.seed)
        .isEqualTo(story.signed);
    var versions = versions(story.consult).reversed();
    assertThat(versions.stream().map(NoteVersion::version))
        .isEqualTo(IntStream.rangeClosed(1, versions.size()).boxed().toList());
    var links =
        versions.stream()
            .map(one -> new NoteChain.Link(one.canonical(), one.previousSha256(), one.sha256()))
            .toList();
    assertThat(NoteChain.firstBroken(links)).as("seed %d, the chain", story.seed).isEmpty();
  }

  /** Every word that the author finds on the page: own drafts, and what anybody has signed. */
  private static Collection<String> readable(ConsultId consult, TestPerson author) {
    var words = ConcurrentHashMap.<String>newKeySet();
    var page =
        clinic
            .platform
            .database()
            .inTransaction(
                author.caller(), tx -> clinic.records.notes().reading().read(tx, consult));
    page.drafts().forEach(draft -> words.addAll(Story.words(draft.content())));
    page.signed().forEach(note -> words.addAll(Story.words(note.content())));
    return words;
  }

  private static Map<NoteId, String> signedTexts(ConsultId consult) {
    var texts = new HashMap<NoteId, String>();
    versions(consult).forEach(note -> texts.put(note.id(), note.content().answer().orElse("")));
    return texts;
  }

  private static List<NoteVersion> versions(ConsultId consult) {
    return clinic
        .platform
        .database()
        .inTransaction(
            clinic.specialist.caller(),
            tx -> clinic.records.notes().reading().read(tx, consult).signed());
  }
}
