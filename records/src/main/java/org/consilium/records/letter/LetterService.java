package org.consilium.records.letter;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.chain.NoteStates;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.note.reading.ReadingService;
import org.consilium.records.patient.PatientService;
import org.consilium.records.referral.Referral;
import org.consilium.records.referral.ReferralId;
import org.consilium.records.referral.ReferralService;
import org.consilium.records.request.RequestStore;

/** Letters on paper: made when asked for, from what was signed. */
public final class LetterService {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm (OOOO)", Locale.ROOT);

  private final Platform platform;
  private final PatientService patients;
  private final RequestStore requests;
  private final ReadingService notes;
  private final ReferralService referrals;
  private final LetterStore letters = new LetterStore();
  private final VersionStore versions = new VersionStore();

  public LetterService(
      Platform platform,
      PatientService patients,
      RequestStore requests,
      ReadingService notes,
      ReferralService referrals) {
    this.platform = platform;
    this.patients = patients;
    this.requests = requests;
    this.notes = notes;
    this.referrals = referrals;
  }

  /**
   * A signed note as PDF.
   *
   * @param language of the labels; empty takes that of the note
   * @param home where people reach this server
   */
  public byte[] ofNote(Tx tx, ConsultId consult, NoteId id, Optional<String> language, URI home) {
    var page = notes.read(tx, consult);
    var note =
        page.signed().stream()
            .filter(signed ->
                signed.id().equals(id)
                    && signed.kind() != NoteKind.RETRACTION
                    && page.states().of(id) != NoteStates.State.RETRACTED)
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("note-not-found", "There is no such note here."));
    var standing = platform.careTeam().standing(tx, consult);
    var words = LetterWords.in(language, note.content().language());
    var question =
        requests.find(tx, consult).flatMap(request -> request.content().question()).orElse("");
    audit(tx, standing, "note", id);
    return LetterPdf.of(
        letter(
            tx,
            standing,
            words,
            "advice",
            NoteLetter.patient(words, patients.ofConsult(tx, standing)),
            new NoteLetter(words).sections(question, note),
            new Signed(
                note.author().name(),
                note.author().registration(),
                note.signedAt(),
                note.sha256(),
                note.keyId()),
            page.states().of(id) == NoteStates.State.CORRECTED
                ? Optional.of(words.of("replaced"))
                : Optional.empty(),
            home));
  }

  /** A signed referral as PDF. */
  byte[] ofReferral(Tx tx, ConsultId consult, ReferralId id, Optional<String> language, URI home) {
    var followed =
        referrals.read(tx, consult).stream()
            .filter(signed -> signed.referral().id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> Refusal.notFound("referral-not-found", "There is no such referral here."));
    var referral = followed.referral();
    var standing = platform.careTeam().standing(tx, consult);
    var words = LetterWords.in(language, referral.content().language());
    var part = new ReferralLetter(words);
    audit(tx, standing, "referral", id);
    return LetterPdf.of(
        letter(
            tx,
            standing,
            words,
            "referral",
            Stream.concat(
                    part.facts(referral.content()).stream(),
                    NoteLetter.patient(words, patients.ofConsult(tx, standing)).stream())
                .toList(),
            part.sections(referral.content()),
            new Signed(
                referral.author().name(),
                referral.author().registration(),
                referral.signedAt(),
                referral.sha256(),
                referral.keyId()),
            followed
                .status()
                .filter(Referral.Status.WITHDRAWN::equals)
                .map(_ -> words.of("retracted")),
            home));
  }

  /** Who signed, when, and the hash of what. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  private record Signed(
      String by, Optional<String> registration, Instant at, byte[] sha256, String keyId) {}

  private Letter letter(
      Tx tx,
      Standing standing,
      LetterWords words,
      String title,
      List<Letter.Fact> about,
      List<Letter.Section> sections,
      Signed signed,
      Optional<String> warning,
      URI home) {
    var site = platform.directory().site(tx, standing.site());
    var organisation = platform.directory().organisation(tx, standing.owner());
    var facts = new ArrayList<>(about);
    facts.add(new Letter.Fact(words.of("signedBy"), signed.by()));
    signed
        .registration()
        .ifPresent(number -> facts.add(new Letter.Fact(words.of("registration"), number)));
    facts.add(new Letter.Fact(words.of("signedAt"), time(signed.at(), site.zone())));
    var hash = HexFormat.of().formatHex(signed.sha256());
    var seal = new ArrayList<String>();
    seal.add(words.of("check"));
    if (title.equals("advice")) {
      seal.add(words.of("decides"));
    }
    seal.add(words.of("hash") + " " + hash);
    seal.add(words.of("key") + " " + signed.keyId());
    missing(sections, facts)
        .ifPresent(letters -> seal.add(words.of("unprintable") + " " + letters));
    return new Letter(
        words.language(),
        words.of(title),
        List.of(site.name() + " · " + organisation.name()),
        facts,
        sections,
        new Letter.Seal(home + "/letter#" + hash, seal, warning));
  }

  /** The characters without a picture, by their code points, so that nothing is left out unsaid. */
  private static Optional<String> missing(List<Letter.Section> sections, List<Letter.Fact> facts) {
    var text =
        Stream.concat(
                sections.stream().flatMap(section -> section.paragraphs().stream()),
                facts.stream().map(Letter.Fact::value))
            .collect(Collectors.joining("\n"));
    var unprintable = LetterPdf.unprintable(text);
    return unprintable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            unprintable.stream()
                .map(letter -> String.format(Locale.ROOT, "U+%04X", letter.codePointAt(0)))
                .collect(Collectors.joining(" ")));
  }

  private static String time(Instant at, ZoneId zone) {
    return MINUTE.format(at.atZone(zone));
  }

  /** What is known of a letter's hash. */
  Checked check(Tx tx, String sha256) {
    var hash = HexFormat.of().parseHex(sha256);
    var known =
        letters
            .find(tx, hash)
            .orElseThrow(() ->
                Refusal.notFound(
                    "letter-unknown",
                    "No letter with this code was signed here. It may have been altered."));
    if (known.keyId().equals(platform.signer().keyId())
        && !platform.signer().verify(hash, known.signature())) {
      throw new Refusal(
          409,
          "signature-broken",
          "The signature kept for this letter does not hold. Ask the clinic.");
    }
    return new Checked(
        known.kind(),
        state(tx, known),
        tx.asServer(() -> platform.directory().organisation(tx, known.organisation()).name()),
        known.signedBy(),
        known.registration(),
        known.signedAt(),
        known.keyId());
  }

  private LetterStore.State state(Tx tx, LetterStore.Known known) {
    if (known.kind() == LetterStore.Kind.REFERRAL) {
      return known.withdrawn() ? LetterStore.State.WITHDRAWN : LetterStore.State.STANDS;
    }
    var all = tx.asServer(() -> versions.all(tx, known.organisation(), known.consult()));
    return switch (new NoteStates(all).of(new NoteId(known.id()))) {
      case STANDS -> LetterStore.State.STANDS;
      case CORRECTED -> LetterStore.State.REPLACED;
      case RETRACTED -> LetterStore.State.WITHDRAWN;
    };
  }

  /** What anybody who holds the letter may know of it. */
  record Checked(
      LetterStore.Kind kind,
      LetterStore.State state,
      String organisation,
      String signedBy,
      Optional<String> registration,
      Instant signedAt,
      String keyId) {}

  private void audit(Tx tx, Standing standing, String kind, Object id) {
    platform
        .audit()
        .append(
            tx,
            "letter.print",
            Subject.consult(standing.consult(), standing.patient()).part(kind, id));
  }
}
