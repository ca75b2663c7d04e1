package org.consilium.scheduling.rota;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.care.CareStore;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.rota.ShiftMove.Placement;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Rotas of an organisation, for whose schedulers alone they are. */
public final class RotaService {
  /** What a scheduler says of a rota. */
  public record Draft(
      String name,
      String specialty,
      String language,
      String zone,
      List<Rotation> rotations,
      boolean swapNeedsApproval,
      int restHours) {}

  private final Platform platform;
  private final RotaStore rotas;
  private final VolunteerStore volunteers;
  private final CatalogueStore catalogue;
  private final RotaLaying laying;
  private final TakerFacts facts;

  public RotaService(
      Platform platform,
      HoursStore hours,
      VolunteerStore volunteers,
      CatalogueStore catalogue,
      CareStore care) {
    this.platform = platform;
    this.rotas = new RotaStore();
    this.volunteers = volunteers;
    this.catalogue = catalogue;
    this.laying = new RotaLaying(platform, rotas, hours, volunteers);
    this.facts = new TakerFacts(rotas, volunteers, hours, care, platform.directory());
  }

  /** To be run every few minutes, off the event loop; says how many rotas were laid out. */
  public int runDue() {
    return laying.runDue();
  }

  /** Their hours, leave or status changed. */
  public void memberChanged(Tx tx, AccountId member) {
    laying.layOutThoseOf(tx, member);
  }

  RotaStore store() {
    return rotas;
  }

  RotaLaying laying() {
    return laying;
  }

  TakerFacts facts() {
    return facts;
  }

  public Rota create(Tx tx, Draft draft) {
    var rota = rota(tx, Uuid7.next(), draft, 1);
    rotas.insert(tx, rota);
    return saved(tx, rota, "rota.create");
  }

  Rota save(Tx tx, UUID id, int version, Draft draft) {
    var found = lockOwn(tx, id);
    if (found.version() != version) {
      throw Refusal.editedElsewhere(found.version());
    }
    var rota = rota(tx, id, draft, version + 1);
    rotas.update(tx, rota);
    return saved(tx, rota, "rota.save");
  }

  private Rota saved(Tx tx, Rota rota, String action) {
    platform.audit().append(tx, action, Subject.none().part("rota", rota.id()));
    laying.layOut(tx, rota);
    tell(tx, rota);
    return rota;
  }

  /** Puts somebody in this place, whatever the rotations say; they must be able to. */
  void override(Tx tx, UUID rota, Layer layer, TimeSlot slot, AccountId account) {
    var found = lockOwn(tx, rota);
    requireSpecialist(tx, account, "/specialistId");
    requireTime(tx, slot);
    rotas.override(tx, Uuid7.next(), rota, layer, slot, account, Optional.empty());
    saved(tx, found, "rota.override");
    requireAble(tx, found, layer, new Placement(slot, account));
  }

  /**
   * Moves a shift to another time, another person, or both, and says which overrides that made:
   * {@link #undo} takes them. Everybody who gets a time by it must be able to have it.
   */
  List<UUID> move(Tx tx, UUID rota, UUID shiftId, TimeSlot to, AccountId who) {
    var found = lockOwn(tx, rota);
    requireSpecialist(tx, who, "/specialistId");
    requireTime(tx, to);
    var shift =
        rotas
            .shift(tx, shiftId)
            .filter(s -> s.rota().equals(rota) && s.slot().end().isAfter(tx.now()))
            .orElseThrow(
                () -> Refusal.notFound("shift-not-found", "The plan has changed. Look again."));
    if (to.start().isBefore(tx.now()) && !to.start().equals(shift.slot().start())) {
      throw Refusal.invalid("/start", "This time has passed.");
    }
    if (shift.slot().start().isBefore(tx.now()) && !to.start().equals(shift.slot().start())) {
      throw Refusal.invalid("/start", "This shift has begun: only its end can move.");
    }
    var placements =
        switch (ShiftMove.of(layer(tx, shift, to), shift, to, who)) {
          case ShiftMove.Moved moved -> moved.placements();
          case ShiftMove.NobodyGains _ ->
              throw new Refusal(
                  409,
                  "rota-nobody-gains",
                  "Nobody is beside it to take the time that it leaves. Choose the shift and say who.");
        };
    var made = new ArrayList<UUID>();
    for (var placement : placements) {
      var id = Uuid7.next();
      rotas.override(
          tx, id, rota, shift.layer(), placement.slot(), placement.account(), Optional.empty());
      made.add(id);
    }
    saved(tx, found, "rota.move");
    placements.forEach(placement -> requireAble(tx, found, shift.layer(), placement));
    return made;
  }

  /** Takes these overrides away again. */
  void undo(Tx tx, UUID rota, List<UUID> overrides) {
    var found = lockOwn(tx, rota);
    if (overrides.stream().filter(id -> rotas.dropOverride(tx, rota, id)).count() == 0) {
      throw Refusal.notFound("override-not-found", "This change of the plan is gone.");
    }
    saved(tx, found, "rota.undo");
  }

  /** The shifts of its layer that have a part in the move, its neighbours among them. */
  private List<RotaShift> layer(Tx tx, RotaShift shift, TimeSlot to) {
    var slots = List.of(shift.slot(), to);
    var first = slots.stream().map(TimeSlot::start).min(Instant::compareTo).orElseThrow();
    var last = slots.stream().map(TimeSlot::end).max(Instant::compareTo).orElseThrow();
    var window = new TimeSlot(first.minusSeconds(1), last.plusSeconds(1));
    return rotas.shifts(tx, shift.rota(), window).stream()
        .filter(other -> other.layer() == shift.layer())
        .toList();
  }

  private static void requireTime(Tx tx, TimeSlot slot) {
    if (!slot.end().isAfter(tx.now())) {
      throw Refusal.invalid("/end", "This time has passed.");
    }
    if (slot.length().compareTo(Duration.ofDays(31)) > 0) {
      throw Refusal.invalid("/end", "A change of the plan lasts a month at most.");
    }
  }

  /** Once laid out, so that what moved with it is not held against it. */
  private void requireAble(Tx tx, Rota rota, Layer layer, Placement placement) {
    var account = placement.account();
    facts
        .barOfHaving(tx, account, rota, layer, placement.slot())
        .ifPresent(bar -> {
          var name = platform.directory().people(tx, List.of(account)).get(account).name();
          var sentence = bar.about(name);
          var field = new FieldError("/specialistId", sentence);
          throw new Refusal(409, "rota-" + bar.wire(), sentence.text(), List.of(field))
              .with("said", sentence.said());
        });
  }

  void dropOverride(Tx tx, UUID rota, UUID override) {
    var found = lockOwn(tx, rota);
    if (!rotas.dropOverride(tx, rota, override)) {
      throw Refusal.notFound("override-not-found", "This change of the plan is gone.");
    }
    saved(tx, found, "rota.drop-override");
  }

  Rota own(Tx tx, UUID id) {
    return rotas
        .find(tx, id)
        .filter(rota -> rota.organisation().equals(tx.caller().organisation()))
        .orElseThrow(RotaService::notFound);
  }

  private Rota lockOwn(Tx tx, UUID id) {
    own(tx, id);
    return rotas.lock(tx, id).orElseThrow(RotaService::notFound);
  }

  static Refusal notFound() {
    return Refusal.notFound("rota-not-found", "Your organisation has no such rota.");
  }

  private Rota rota(Tx tx, UUID id, Draft draft, int version) {
    var errors = new ArrayList<FieldError>();
    var words = catalogue.newest(tx);
    if (words.specialty(draft.specialty()).isEmpty()) {
      errors.add(new FieldError("/specialty", "There is no such specialty."));
    }
    if (words.languages().stream().noneMatch(l -> l.code().equals(draft.language()))) {
      errors.add(new FieldError("/language", "There is no such language."));
    }
    ZoneId zone = null;
    try {
      zone = ZoneId.of(draft.zone());
    } catch (DateTimeException unknown) {
      errors.add(new FieldError("/zone", "There is no such time zone."));
    }
    for (int i = 0; i < draft.rotations().size(); i++) {
      var rotation = draft.rotations().get(i);
      var at = "/rotations/" + i;
      if (rotation.until().filter(last -> !last.isAfter(rotation.from())).isPresent()) {
        errors.add(new FieldError(at + "/until", "It must end after it starts."));
      }
      if (rotation.members().stream().distinct().count() < rotation.members().size()) {
        errors.add(new FieldError(at + "/members", "Somebody is in it twice."));
      }
    }
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    var rota =
        new Rota(
            id,
            owner(tx),
            draft.name(),
            draft.specialty(),
            draft.language(),
            zone,
            draft.rotations(),
            draft.swapNeedsApproval(),
            draft.restHours(),
            version);
    rota.members().forEach(member -> requireSpecialist(tx, member, "/rotations"));
    return rota;
  }

  private static OrganisationId owner(Tx tx) {
    return tx.caller().organisation();
  }

  private void requireSpecialist(Tx tx, AccountId account, String pointer) {
    boolean known =
        volunteers.find(tx, account).filter(v -> v.kind() == VolunteerKind.SPECIALIST).isPresent();
    if (!known) {
      throw Refusal.invalid(pointer, "There is no such specialist.");
    }
  }

  private void tell(Tx tx, Rota rota) {
    platform.changes().tell(tx, "roster", rota.id(), rota.organisation(), rota.members());
  }
}
