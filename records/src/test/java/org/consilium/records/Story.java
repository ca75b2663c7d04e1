package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.testing.TestPerson;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.note.chain.NoteStates;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.note.draft.Draft;
import org.consilium.records.note.signing.NoteAct;

/** One consult's notes as several authors write them at several devices, each act by chance. */
final class Story {
  /** What a signature may be refused for: somebody else was first. */
  private static final Set<String> OVERTAKEN =
      Set.of(
          "note-retracted",
          "note-corrected",
          "no-draft",
          "edited-elsewhere",
          "another-act",
          "changed-since-shown",
          "not-your-note",
          "not-a-note");

  /** Others were before, and each takes the time of a password's hash. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  final ConsultId consult;
  final int seed;
  final List<Device> devices = new ArrayList<>();

  /** Every word by who typed it. */
  final Map<TestPerson, Set<String>> typed = new HashMap<>();

  /** What each signed version said when it was answered. */
  final Map<NoteId, String> signed = new ConcurrentHashMap<>();

  final Tally tally = new Tally();
  private final Clinic clinic;
  private final AtomicInteger words = new AtomicInteger();

  /** Each device is then a thread's own. */
  private final boolean isRace;

  Story(
      Clinic clinic,
      ConsultId consult,
      List<TestPerson> authors,
      int devicesOfEach,
      int seed,
      boolean isRace) {
    this.clinic = clinic;
    this.isRace = isRace;
    this.consult = consult;
    this.seed = seed;
    for (var author : authors) {
      typed.put(author, ConcurrentHashMap.newKeySet());
      for (int i = 0; i < devicesOfEach; i++) {
        devices.add(new Device(author, new Random(31L * seed + devices.size())));
      }
    }
  }

  /** How often what happened, so that a story in which nothing does cannot pass. */
  static final class Tally {
    private final Map<NoteKind, Integer> signed = new EnumMap<>(NoteKind.class);
    private int beside;
    private int late;
    private int refused;

    synchronized void add(Tally other) {
      other.signed.forEach((kind, times) -> signed.merge(kind, times, Integer::sum));
      beside += other.beside;
      late += other.late;
      refused += other.refused;
    }

    private synchronized void wasSigned(NoteKind kind) {
      signed.merge(kind, 1, Integer::sum);
    }

    private synchronized void wasKept(Draft draft, boolean elsewhere) {
      beside += elsewhere ? 1 : 0;
      late += draft.late() ? 1 : 0;
    }

    private synchronized void wasRefused() {
      refused++;
    }

    int of(NoteKind kind) {
      return signed.getOrDefault(kind, 0);
    }

    int beside() {
      return beside;
    }

    int late() {
      return late;
    }

    int refused() {
      return refused;
    }
  }

  static List<String> words(NoteContent content) {
    return List.of(content.answer().orElse("").split(" "));
  }

  private static NoteContent content(String words) {
    var advice = Map.of("kind", "no-change", "text", "Go on.", "urgency", "routine");
    return Json.read(
        Json.write(Map.of("language", "en", "answer", words, "recommendations", List.of(advice))),
        NoteContent.class);
  }

  /** A page that its author has open somewhere: what is on it, and what of it was sent. */
  final class Device {
    private final TestPerson author;
    private final Random random;
    private final UUID id = UUID.randomUUID();
    private UUID line = UUID.randomUUID();
    private NoteKind kind = NoteKind.NOTE;
    private Optional<NoteId> amends = Optional.empty();
    private int revision;
    private int seenVersion;
    private String text = "";

    private Device(TestPerson author, Random random) {
      this.author = author;
      this.random = random;
    }

    /** Offline is not to save for a while: most steps type. */
    void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> type();
        case 6, 7, 8 -> sync();
        case 9 -> takeOver();
        case 10, 11 -> merge();
        case 12, 13, 14 -> sign();
        case 15, 16, 17, 18 -> amend();
        default -> retract();
      }
    }

    private void type() {
      var word = "w" + words.getAndIncrement();
      text = (text + " " + word).strip();
      typed.get(author).add(word);
    }

    /** Sends what is on the page; twice when the first answer was lost on the way. */
    void sync() {
      if (text.isEmpty()) {
        return;
      }
      try {
        var kept = save();
        if (random.nextInt(4) == 0) {
          kept = save();
        }
        tally.wasKept(kept, !kept.id().equals(line));
        goOn(kept);
      } catch (Refusal e) {
        assertThat(e.code()).isEqualTo("already-signed");
        begin(NoteKind.NOTE, Optional.empty());
      }
    }

    private Draft save() {
      var content = content(text);
      var sent = new Draft.Typed(id, kind, amends, seenVersion, content);
      var kept = as(tx -> clinic.records.notes().drafts().save(tx, consult, line, revision, sent));
      assertThat(kept.content()).isEqualTo(content);
      return kept;
    }

    private void goOn(Draft draft) {
      line = draft.id();
      kind = draft.kind();
      amends = draft.amends();
      revision = draft.revision();
      text = draft.content().answer().orElse("");
    }

    private void begin(NoteKind anew, Optional<NoteId> about) {
      line = UUID.randomUUID();
      kind = anew;
      amends = about;
      revision = 0;
      seenVersion = newest();
      text = "";
    }

    /** Opens the page anew and goes on with what is there; what was not sent is sent first. */
    private void takeOver() {
      sync();
      var drafts = drafts();
      if (!drafts.isEmpty()) {
        goOn(drafts.get(random.nextInt(drafts.size())));
        seenVersion = newest();
      }
    }

    /** Puts another draft's text into this one, and then throws away the other as it was read. */
    private void merge() {
      sync();
      var others = drafts().stream().filter(draft -> !draft.id().equals(line)).toList();
      if (others.isEmpty() || text.isEmpty()) {
        return;
      }
      var other = others.get(random.nextInt(others.size()));
      text += " " + other.content().answer().orElse("");
      sync();
      meanwhile(other.id());
      try {
        as(tx -> {
          clinic.records.notes().drafts().discard(tx, consult, other.id(), other.revision());
          return tx;
        });
      } catch (Refusal e) {
        assertThat(e.status()).as("somebody typed on in between").isEqualTo(412);
      }
    }

    private void sign() {
      sync();
      if (revision == 0) {
        return;
      }
      meanwhile(line);
      var reason = kind == NoteKind.CORRECTION ? Optional.of("A slip") : Optional.<String>empty();
      var act =
          new NoteAct(
              kind, Optional.of(line), Optional.of(revision), amends, Optional.empty(), reason);
      if (sign(act)) {
        begin(NoteKind.NOTE, Optional.empty());
      }
    }

    /** Begins to write about a signed note; mostly one that stands and may be written about. */
    private void amend() {
      sync();
      var notes = mayAmend();
      if (notes.isEmpty()) {
        return;
      }
      var about = notes.get(random.nextInt(notes.size()));
      boolean own = about.author().id().equals(author.id());
      begin(
          own && random.nextInt(3) > 0 ? NoteKind.CORRECTION : NoteKind.ADDENDUM,
          Optional.of(about.id()));
      type();
      if (random.nextBoolean()) {
        sign();
      }
    }

    private void retract() {
      sync();
      var notes = mayAmend();
      if (!notes.isEmpty()) {
        sign(
            new NoteAct(
                NoteKind.RETRACTION,
                Optional.empty(),
                Optional.empty(),
                Optional.of(notes.get(random.nextInt(notes.size())).id()),
                Optional.of(RetractionReason.ENTERED_IN_ERROR),
                Optional.empty()));
      }
    }

    private List<NoteVersion> mayAmend() {
      var all = page();
      var states = new NoteStates(all);
      boolean careless = random.nextInt(5) == 0;
      return all.stream()
          .filter(note -> note.kind() != NoteKind.RETRACTION)
          .filter(note -> careless || states.of(note.id()) == NoteStates.State.STANDS)
          .toList();
    }

    /** Perhaps the author types on in that draft elsewhere at just this moment, and leaves. */
    private void meanwhile(UUID draft) {
      if (isRace || random.nextBoolean()) {
        return;
      }
      devices.stream()
          .filter(other -> other != this && other.author.equals(author))
          .findFirst()
          .ifPresent(other -> {
            other.sync();
            drafts().stream()
                .filter(one -> one.id().equals(draft))
                .forEach(one -> {
                  other.goOn(one);
                  other.type();
                  other.sync();
                  other.begin(NoteKind.NOTE, Optional.empty());
                });
          });
    }

    /** False when it may not be signed any more, which loses nothing. */
    private boolean sign(NoteAct act) {
      var signing = clinic.records.notes().signing();
      try {
        var shown = as(tx -> signing.preview(tx, consult, act)).sha256();
        var note = as(tx -> signing.sign(tx, consult, act, shown, author.password()));
        assertThat(note.content().answer().orElse(""))
            .as("just what was on the page")
            .isEqualTo(act.kind() == NoteKind.RETRACTION ? "" : text);
        if (random.nextInt(4) == 0) {
          var again = as(tx -> signing.sign(tx, consult, act, shown, author.password()));
          assertThat(again.id()).as("the answer was lost, it is sent again").isEqualTo(note.id());
        }
        signed.put(note.id(), note.content().answer().orElse(""));
        tally.wasSigned(act.kind());
        return true;
      } catch (Refusal e) {
        assertThat(e.code()).isIn(OVERTAKEN);
        tally.wasRefused();
        return false;
      }
    }

    private List<NoteVersion> page() {
      return as(tx -> clinic.records.notes().reading().read(tx, consult)).signed();
    }

    private List<Draft> drafts() {
      return as(tx -> clinic.records.notes().reading().read(tx, consult)).drafts();
    }

    private int newest() {
      return page().stream().mapToInt(NoteVersion::version).max().orElse(0);
    }

    /** As a page does: what the server was too busy for is sent again. */
    private <T> T as(Function<Tx, T> work) {
      while (true) {
        try {
          return clinic.platform.database().inTransaction(author.caller(), work);
        } catch (PgException e) {
          assertThat(e.getSqlState()).as(e.getMessage()).isEqualTo(LOCK_NOT_AVAILABLE);
        }
      }
    }
  }
}
