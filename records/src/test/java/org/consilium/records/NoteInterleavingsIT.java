package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.note.draft.Draft;
import org.consilium.records.note.signing.NoteAct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One author at three devices that are off and on line, in random order: typing, saving late,
 * taking over, merging, signing, adding, correcting and taking back. Every word that a device has
 * sent is at the end in a draft or in a signed version, wherever it went. A failure names its seed.
 */
class NoteInterleavingsIT {
  private static final int RUNS = 20;
  private static final int STEPS = 60;
  private static final int DEVICES = 3;

  private static Clinic clinic;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void no_text_is_lost() {
    int signed = 0;
    int beside = 0;
    for (int seed = 1; seed <= RUNS; seed++) {
      var story = new Story(clinic.consult(), new Random(seed));
      for (int step = 0; step < STEPS; step++) {
        story.step();
      }
      story.allSync();
      assertThat(story.found()).as("seed %d", seed).containsAll(story.typed);
      signed += story.signed;
      beside += story.beside;
    }
    assertThat(signed).as("the stories did sign").isGreaterThan(RUNS);
    assertThat(beside).as("and did collide").isGreaterThan(RUNS);
  }

  /** What one device has on its page. */
  private static final class Device {
    private final UUID id = UUID.randomUUID();
    private UUID line = UUID.randomUUID();
    private NoteKind kind = NoteKind.NOTE;
    private Optional<NoteId> amends = Optional.empty();
    private int revision;
    private int seenVersion;
    private String words = "";

    private void begin(NoteKind anew, Optional<NoteId> about, int version) {
      line = UUID.randomUUID();
      kind = anew;
      amends = about;
      revision = 0;
      seenVersion = version;
      words = "";
    }

    private void goOn(Draft draft) {
      line = draft.id();
      kind = draft.kind();
      amends = draft.amends();
      revision = draft.revision();
      words = draft.content().answer().orElse("");
    }
  }

  private static final class Story {
    private final ConsultId consult;
    private final Random random;
    private final List<Device> devices = new ArrayList<>();
    private final Set<String> typed = new HashSet<>();
    private int words;
    private int signed;
    private int beside;

    Story(ConsultId consult, Random random) {
      this.consult = consult;
      this.random = random;
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new Device());
      }
    }

    void step() {
      var device = devices.get(random.nextInt(DEVICES));
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> type(device);
        case 4, 5, 6 -> sync(device);
        case 7 -> takeOver(device);
        case 8 -> merge(device);
        case 9, 10 -> sign(device);
        default -> amendOrRetract(device);
      }
    }

    private void type(Device device) {
      var word = "w" + words++;
      device.words = (device.words + " " + word).strip();
      typed.add(word);
    }

    void allSync() {
      devices.forEach(this::sync);
    }

    private void sync(Device device) {
      if (device.words.isEmpty()) {
        return;
      }
      var content = content(device.words);
      var sent =
          new Draft.Typed(device.id, device.kind, device.amends, device.seenVersion, content);
      try {
        var kept =
            as(tx ->
                clinic
                    .records
                    .notes()
                    .drafts()
                    .save(tx, consult, device.line, device.revision, sent));
        beside += kept.id().equals(device.line) ? 0 : 1;
        assertThat(kept.content()).isEqualTo(content);
        device.goOn(kept);
      } catch (Refusal e) {
        assertThat(e.code()).isEqualTo("already-signed");
        device.begin(NoteKind.NOTE, Optional.empty(), newest());
      }
    }

    /** Opens the page anew and goes on with what is there; what was not sent is sent first. */
    private void takeOver(Device device) {
      sync(device);
      var drafts = drafts();
      if (!drafts.isEmpty()) {
        device.goOn(drafts.get(random.nextInt(drafts.size())));
        device.seenVersion = newest();
      }
    }

    private void merge(Device device) {
      sync(device);
      var others = drafts().stream().filter(draft -> !draft.id().equals(device.line)).toList();
      if (others.isEmpty() || device.words.isEmpty()) {
        return;
      }
      var other = others.get(random.nextInt(others.size()));
      device.words += " " + other.content().answer().orElse("");
      sync(device);
      if (random.nextBoolean()) {
        // Somebody types on in between: then the discard must not happen.
        sync(devices.get(random.nextInt(DEVICES)));
      }
      try {
        as(tx -> {
          clinic.records.notes().drafts().discard(tx, consult, other.id(), other.revision());
          return tx;
        });
      } catch (Refusal e) {
        assertThat(e.status()).isEqualTo(412);
      }
    }

    private void sign(Device device) {
      sync(device);
      if (device.revision == 0) {
        return;
      }
      var act =
          new NoteAct(
              device.kind,
              Optional.of(device.line),
              Optional.of(device.revision),
              device.amends,
              Optional.empty(),
              device.kind == NoteKind.CORRECTION ? Optional.of("A slip") : Optional.empty());
      if (sign(act)) {
        device.begin(NoteKind.NOTE, Optional.empty(), newest());
      }
    }

    private void amendOrRetract(Device device) {
      sync(device);
      var notes =
          as(tx ->
              tx.list(
                  "SELECT id FROM records.note_version WHERE consult_id = $1 AND kind <> 'retraction'"
                      + " ORDER BY version",
                  row -> new NoteId(row.getUUID("id")),
                  consult));
      if (notes.isEmpty()) {
        return;
      }
      var about = Optional.of(notes.get(random.nextInt(notes.size())));
      switch (random.nextInt(3)) {
        case 0 -> device.begin(NoteKind.ADDENDUM, about, newest());
        case 1 -> device.begin(NoteKind.CORRECTION, about, newest());
        default ->
            sign(
                new NoteAct(
                    NoteKind.RETRACTION,
                    Optional.empty(),
                    Optional.empty(),
                    about,
                    Optional.of(RetractionReason.ENTERED_IN_ERROR),
                    Optional.empty()));
      }
    }

    /** False when it may not be signed any more, which loses nothing. */
    private boolean sign(NoteAct act) {
      var signing = clinic.records.notes().signing();
      try {
        var shown = as(tx -> signing.preview(tx, consult, act));
        as(tx -> signing.sign(tx, consult, act, shown.sha256(), clinic.specialist.password()));
        signed++;
        return true;
      } catch (Refusal e) {
        assertThat(e.code())
            .isIn(
                "note-retracted", "note-corrected", "no-draft", "edited-elsewhere", "another-act");
        return false;
      }
    }

    private List<Draft> drafts() {
      return as(tx -> clinic.records.notes().reading().read(tx, consult).drafts());
    }

    private int newest() {
      return as(tx ->
          tx.one(
                  "SELECT coalesce(max(version), 0) AS newest FROM records.note_version"
                      + " WHERE consult_id = $1",
                  consult)
              .orElseThrow()
              .getInteger("newest"));
    }

    /** Every word that the server holds. */
    Set<String> found() {
      var found = new HashSet<String>();
      var texts =
          as(tx ->
              tx.list(
                  "SELECT content->>'answer' AS words FROM records.note_draft WHERE consult_id = $1"
                      + " UNION ALL"
                      + " SELECT content->>'answer' FROM records.note_version WHERE consult_id = $1",
                  row -> Optional.ofNullable(row.getString("words")).orElse(""),
                  consult));
      texts.forEach(text -> found.addAll(List.of(text.split(" "))));
      return found;
    }

    private static <T> T as(Function<Tx, T> work) {
      return clinic.platform.database().inTransaction(clinic.specialist.caller(), work);
    }

    private static NoteContent content(String words) {
      var advice = Map.of("kind", "no-change", "text", "Go on.", "urgency", "routine");
      return Json.read(
          Json.write(Map.of("language", "en", "answer", words, "recommendations", List.of(advice))),
          NoteContent.class);
    }
  }
}
