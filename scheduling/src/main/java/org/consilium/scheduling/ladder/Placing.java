package org.consilium.scheduling.ladder;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;

/**
 * How a consult is being placed, and which coordinator answers for it. Pure.
 *
 * @param ladderVersion the ladder it began with
 * @param pausedUntil the ladder asks nobody more until then
 * @param pinned only this specialist is asked until a time
 * @param coordinator who answers for it by name; empty while it is the group on duty
 * @param handingTo who shall take it over, and has not yet
 */
public record Placing(
    ConsultId consult,
    OrganisationId organisation,
    int ladderVersion,
    boolean lifeThreatening,
    Attention attention,
    Optional<Instant> pausedUntil,
    Optional<Pin> pinned,
    Optional<AccountId> coordinator,
    Optional<AccountId> handingTo,
    Optional<Redirection> redirected) {

  /** Only {@code specialist} is asked before {@code until}. */
  public record Pin(AccountId specialist, Instant until) {}

  /** Where a consult goes that is not for this network. */
  public enum Redirection implements Wire {
    NOT_SUITABLE,
    EMERGENCY,
    OTHER_NETWORK
  }

  /** Until when the ladder asks nobody more; empty when nothing holds it back. */
  public Optional<Instant> heldUntil(Instant now) {
    return Stream.concat(pausedUntil.stream(), pinned.stream().map(Pin::until))
        .filter(now::isBefore)
        .max(Instant::compareTo);
  }

  public Optional<AccountId> pinnedAt(Instant now) {
    return pinned.filter(pin -> now.isBefore(pin.until())).map(Pin::specialist);
  }

  public Placing needs(Attention more) {
    return with(attention.orHigher(more), pausedUntil, pinned, coordinator, handingTo, redirected);
  }

  /** Somebody has taken it: nothing is left to do for the ladder. */
  public Placing settled() {
    return with(
        Attention.NONE, Optional.empty(), Optional.empty(), coordinator, handingTo, redirected);
  }

  public Placing pausedUntil(Optional<Instant> until) {
    return with(attention, until, pinned, coordinator, handingTo, redirected);
  }

  public Placing pinned(Optional<Pin> pin) {
    return with(attention, pausedUntil, pin, coordinator, handingTo, redirected);
  }

  /** From now on this coordinator answers for it; an open hand-over is over. */
  public Placing ownedBy(AccountId who) {
    return with(attention, pausedUntil, pinned, Optional.of(who), Optional.empty(), redirected);
  }

  /** Back to the group on duty. */
  public Placing ownedByTheGroup() {
    return with(attention, pausedUntil, pinned, Optional.empty(), Optional.empty(), redirected);
  }

  /** It stays with its owner until {@code whom} has taken it over. */
  public Placing handingTo(AccountId whom) {
    return with(attention, pausedUntil, pinned, coordinator, Optional.of(whom), redirected);
  }

  public Placing redirected(Redirection where) {
    return with(attention, pausedUntil, pinned, coordinator, handingTo, Optional.of(where));
  }

  public Placing lifeThreatening(boolean so) {
    return new Placing(
        consult,
        organisation,
        ladderVersion,
        so,
        attention,
        pausedUntil,
        pinned,
        coordinator,
        handingTo,
        redirected);
  }

  private Placing with(
      Attention attention,
      Optional<Instant> pausedUntil,
      Optional<Pin> pinned,
      Optional<AccountId> coordinator,
      Optional<AccountId> handingTo,
      Optional<Redirection> redirected) {
    return new Placing(
        consult,
        organisation,
        ladderVersion,
        lifeThreatening,
        attention,
        pausedUntil,
        pinned,
        coordinator,
        handingTo,
        redirected);
  }
}
