package org.consilium.signaling.relay.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.message.ErrorCode;
import org.consilium.signaling.relay.message.ServerMessage;

/**
 * Who is what in one call. Nobody gets a role that the admission does not hold, and a call in which
 * somebody may be a host has one. Used by the room's loop only.
 */
final class RoleChanges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CallId call;
  private final Seats seats;
  private final CallJournal journal;

  RoleChanges(CallId call, Seats seats, CallJournal journal) {
    this.call = call;
    this.seats = seats;
    this.journal = journal;
  }

  /** A host makes {@code seat}'s person what the message's body says; null, or why not. */
  ErrorCode change(Seat host, Seat seat, ClientMessage message, Instant now) {
    if (!seat.isAdmitted()) {
      return ErrorCode.NO_SUCH_SEAT;
    }
    if (message.bodyLength() == 0) {
      return ErrorCode.INCOMPLETE;
    }
    if (message.bodyLength() > message.type().bodyBytesMax()) {
      return ErrorCode.TOO_LARGE;
    }
    Optional<CallRole> role = roleIn(message);
    if (role.isEmpty()) {
      return ErrorCode.UNKNOWN_ROLE;
    }
    if (!seat.admission.roles().contains(role.get())) {
      return ErrorCode.ROLE_NOT_PERMITTED;
    }
    if (!role.get().isHost() && seat.isHost() && !hasOtherHost(seat)) {
      return ErrorCode.LAST_HOST;
    }
    give(seat, role.get(), host, now);
    return null;
  }

  /** {@code to} is a host from now on, in the giver's role if may be, and the giver looks on. */
  ErrorCode handOver(Seat from, Seat to, Instant now) {
    if (!to.isAdmitted() || to == from) {
      return ErrorCode.NO_SUCH_SEAT;
    }
    Optional<CallRole> role = to.isHost() ? Optional.of(to.admission.role()) : hostRole(to, from);
    if (role.isEmpty() || !from.admission.roles().contains(CallRole.OBSERVER)) {
      return ErrorCode.ROLE_NOT_PERMITTED;
    }
    give(to, role.get(), from, now);
    give(from, CallRole.OBSERVER, from, now);
    return null;
  }

  /** After somebody has gone: the one who has been here longest and may be a host becomes one. */
  void keepHost(Instant now) {
    if (seats.all().stream().anyMatch(Seat::isHost)) {
      return;
    }
    for (Seat seat : seats.all()) {
      Optional<CallRole> role = seat.isAdmitted() ? hostRole(seat, seat) : Optional.empty();
      if (role.isPresent()) {
        give(seat, role.get(), null, now);
        return;
      }
    }
  }

  /** The person came with a new page and is what {@code seat} says now; the others are told so. */
  void cameBack(Seat seat, CallRole before, Instant now) {
    CallRole role = seat.admission.role();
    if (role != before) {
      journal.roleChanged(call, seat.admission.person(), seat.number, role, null, now);
    }
  }

  private void give(Seat seat, CallRole role, Seat by, Instant now) {
    if (role == seat.admission.role()) {
      return;
    }
    boolean wasHost = seat.isHost();
    seat.admission = seat.admission.as(role);
    String byPerson = by == null ? null : by.admission.person();
    journal.roleChanged(call, seat.admission.person(), seat.number, role, byPerson, now);
    var told =
        new ServerMessage.Role(
            seat.number, role.text(), role.isHost(), by == null ? null : by.number);
    Carrier.tell(seats.all().stream().filter(Seat::isAdmitted).toList(), told, now);
    if (seat.isHost() && !wasHost) {
      seats
          .waitingFor(seat)
          .forEach(who -> Carrier.tell(List.of(seat), new ServerMessage.Waiting(who), now));
    }
  }

  private boolean hasOtherHost(Seat seat) {
    return seats.all().stream().anyMatch(other -> other != seat && other.isHost());
  }

  /** The host's role that {@code seat} may have: that of {@code like} before any other. */
  private static Optional<CallRole> hostRole(Seat seat, Seat like) {
    var may = seat.admission.roles();
    return may.contains(like.admission.role()) && like.admission.role().isHost()
        ? Optional.of(like.admission.role())
        : may.stream().filter(CallRole::isHost).findFirst();
  }

  private static Optional<CallRole> roleIn(ClientMessage message) {
    try {
      JsonNode body = JSON.readTree(message.raw(), message.bodyFrom(), message.bodyLength());
      String name = body.path("role").asText();
      return Arrays.stream(CallRole.values()).filter(role -> role.text().equals(name)).findFirst();
    } catch (IOException e) {
      throw new IllegalStateException("the head reader let a broken body through", e);
    }
  }
}
