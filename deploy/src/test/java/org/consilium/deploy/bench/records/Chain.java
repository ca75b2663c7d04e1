package org.consilium.deploy.bench.records;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.chain.NoteChain;
import org.consilium.records.note.chain.NoteDocument;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Allergies;
import org.consilium.records.patient.Patient;
import org.consilium.records.patient.Sex;
import org.consilium.records.recommendation.Named;
import org.consilium.records.recommendation.Quantity;
import org.consilium.records.recommendation.RecommendationContent;
import org.consilium.records.text.CanonicalJson;

/** The signed notes of one consult, with real hashes and signatures. */
final class Chain {
  private static final List<NoteKind> KINDS =
      List.of(
          NoteKind.NOTE, NoteKind.ADDENDUM, NoteKind.CORRECTION, NoteKind.ADDENDUM, NoteKind.NOTE);

  private static final List<String> WORDS =
      List.of(
          "warm",
          "tender",
          "swelling",
          "left",
          "leg",
          "fever",
          "since",
          "three",
          "days",
          "weight",
          "steady",
          "breathing",
          "fast",
          "no",
          "rash",
          "drinks",
          "well",
          "pulse",
          "regular",
          "chest",
          "clear",
          "abdomen",
          "soft",
          "wound",
          "dry",
          "edges",
          "joined",
          "sleeps",
          "eats",
          "pain",
          "less",
          "than",
          "before",
          "family",
          "helps",
          "walks",
          "again",
          "homa",
          "maumivu",
          "mguu");

  /** A signed note with all that its row needs. */
  record Signed(
      NoteDocument document,
      byte[] canonical,
      byte[] shown,
      Optional<byte[]> previous,
      byte[] sha256,
      byte[] signature) {}

  private final Signer signer;
  private final Random random;
  private final OrganisationId organisation;

  Chain(Signer signer, OrganisationId organisation, Random random) {
    this.signer = signer;
    this.organisation = organisation;
    this.random = random;
  }

  /** {@code many} notes of one author, a day after the other. */
  List<Signed> sign(
      ConsultId consult, PatientId patient, int age, NoteAuthor author, Instant first, int many) {
    var shared =
        new Patient.Shared(
            patient,
            Optional.empty(),
            Optional.empty(),
            Age.years(age),
            Sex.FEMALE,
            new Allergies(Allergies.State.NONE, List.of()),
            "sw");
    var signed = new ArrayList<Signed>();
    for (int i = 0; i < many; i++) {
      var at = first.plus(i, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
      signed.add(next(signed, consult, shared, author, at));
    }
    return signed;
  }

  private Signed next(
      List<Signed> before,
      ConsultId consult,
      Patient.Shared patient,
      NoteAuthor author,
      Instant at) {
    var kind = KINDS.get(before.size() % KINDS.size());
    var content = content(kind);
    var amends = kind == NoteKind.NOTE ? Optional.<Signed>empty() : amended(before, kind);
    var shown = Secrets.sha256(content.answer().orElse("").getBytes(StandardCharsets.UTF_8));
    var previous =
        before.isEmpty() ? Optional.<byte[]>empty() : Optional.of(before.getLast().sha256);
    var document =
        new NoteDocument(
            NoteDocument.FORMAT,
            new NoteId(Uuid7.next()),
            consult,
            organisation,
            patient,
            before.size() + 1,
            kind,
            amends.map(note ->
                new NoteDocument.Amended(
                    note.document.id(),
                    HexFormat.of().formatHex(note.sha256),
                    Optional.empty(),
                    kind == NoteKind.CORRECTION
                        ? Optional.of("The side was wrong.")
                        : Optional.empty())),
            author,
            content,
            content.recommendations().stream()
                .map(advice -> new Named(new RecommendationId(Uuid7.next()), advice))
                .toList(),
            List.of(),
            List.of(),
            at,
            HexFormat.of().formatHex(shown),
            previous.map(HexFormat.of()::formatHex),
            signer.keyId());
    var canonical = CanonicalJson.bytes(document);
    var hash = NoteChain.hash(previous, canonical);
    return new Signed(document, canonical, shown, previous, hash, signer.sign(hash));
  }

  /** A correction replaces the last note of its own, an addendum adds to the one before it. */
  private static Optional<Signed> amended(List<Signed> before, NoteKind kind) {
    return kind == NoteKind.ADDENDUM
        ? Optional.of(before.getLast())
        : before.stream().filter(note -> note.document.kind() == NoteKind.NOTE).findFirst();
  }

  private NoteContent content(NoteKind kind) {
    boolean adds = kind == NoteKind.ADDENDUM;
    return new NoteContent(
        "en",
        Optional.empty(),
        Optional.of(prose(12)),
        adds ? Optional.empty() : Optional.of(prose(50)),
        adds ? Optional.empty() : Optional.of(NoteContent.Certainty.LIKELY),
        Optional.empty(),
        adds ? Optional.empty() : Optional.of(prose(15)),
        Optional.empty(),
        Optional.empty(),
        adds ? List.of() : List.of(drug(), rest()),
        adds ? Optional.empty() : Optional.of(7));
  }

  private RecommendationContent drug() {
    return new RecommendationContent(
        RecommendationContent.Kind.TREATMENT,
        prose(5),
        RecommendationContent.HowSoon.TODAY,
        Optional.of("Amoxicillin"),
        Optional.empty(),
        Optional.of(new Quantity(BigDecimal.valueOf(500), Quantity.Unit.MG)),
        Optional.empty(),
        Optional.of("by mouth"),
        Optional.empty(),
        Optional.of(3),
        Optional.of(5),
        Optional.empty(),
        Optional.empty(),
        Optional.of(prose(3)),
        List.of());
  }

  private RecommendationContent rest() {
    return new RecommendationContent(
        RecommendationContent.Kind.WATCH_FOR,
        prose(8),
        RecommendationContent.HowSoon.ROUTINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private String prose(int words) {
    var text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.append('.').toString();
  }

  static NoteAuthor author(World.Somebody person) {
    return new NoteAuthor(
        new AccountId(person.id()),
        person.name(),
        Optional.of("REG-1"),
        Optional.of("PT"),
        Optional.empty());
  }
}
