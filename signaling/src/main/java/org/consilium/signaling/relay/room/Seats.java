package org.consilium.signaling.relay.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.message.Participant;

/** The seats of one room, by number, and who may know of whom. Used by the room's loop only. */
final class Seats {
  /** Numbers that an earlier server may have given without keeping them. */
  private static final int NUMBERS_SKIPPED = 16;

  private final SignalLimits limits;
  private final TreeMap<Integer, Seat> byNumber = new TreeMap<>();

  /** Numbers are never used twice in a room: the order decides who is polite. */
  private int lastNumber;

  Seats(SignalLimits limits) {
    this.limits = limits;
  }

  /** A new seat with the next number. */
  Seat take(Admission admission, Instant now) {
    var seat = new Seat(++lastNumber, admission, now);
    byNumber.put(seat.number, seat);
    return seat;
  }

  /** Seats that an earlier server gave, the highest number it has kept being {@code last}. */
  void restore(List<KeptSeat> kept, int last) {
    kept.forEach(seat -> byNumber.put(seat.number(), Seat.restored(seat)));
    lastNumber = Math.max(lastNumber, last + NUMBERS_SKIPPED);
  }

  /** False when the seat was given up before. */
  boolean remove(Seat seat) {
    return byNumber.remove(seat.number, seat);
  }

  void clear() {
    byNumber.clear();
  }

  boolean isEmpty() {
    return byNumber.isEmpty();
  }

  Collection<Seat> all() {
    return byNumber.values();
  }

  /** The seat of this number, or null. */
  Seat numbered(long number) {
    return number <= lastNumber ? byNumber.get((int) number) : null;
  }

  /** The seat that this connection serves now, or null. */
  Seat of(SeatSocket socket) {
    return first(seat -> seat.socket == socket);
  }

  /** The person's seat, or null. */
  Seat of(String person) {
    return first(seat -> seat.admission.person().equals(person));
  }

  private Seat first(Predicate<Seat> which) {
    for (Seat seat : byNumber.values()) {
      if (which.test(seat)) {
        return seat;
      }
    }
    return null;
  }

  boolean hasRoomFor(AdmissionMode mode) {
    boolean direct = mode == AdmissionMode.DIRECT;
    long taken = byNumber.values().stream().filter(seat -> seat.isAdmitted() == direct).count();
    return taken < (direct ? limits.seatsMax() : limits.waitingMax());
  }

  /** Those who may know of this seat: the call of one who is in it, the hosts of one who waits. */
  List<Seat> audienceOf(Seat seat) {
    return others(seat, seat.isAdmitted() ? Seat::isAdmitted : Seat::isHost);
  }

  /** The others of the call, as one who is in it is told of them. */
  List<Participant> participantsFor(Seat seat) {
    return seat.isAdmitted() ? participants(others(seat, Seat::isAdmitted)) : List.of();
  }

  /** Those who wait, as a host is told of them. */
  List<Participant> waitingFor(Seat seat) {
    return seat.isHost() ? participants(others(seat, other -> !other.isAdmitted())) : List.of();
  }

  private List<Seat> others(Seat seat, Predicate<Seat> which) {
    return byNumber.values().stream().filter(other -> other != seat).filter(which).toList();
  }

  private static List<Participant> participants(List<Seat> seats) {
    return seats.stream().map(Seat::participant).toList();
  }
}
