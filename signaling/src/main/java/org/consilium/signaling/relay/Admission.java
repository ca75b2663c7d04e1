package org.consilium.signaling.relay;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/**
 * What a ticket was good for: one person's right to one seat in one call.
 *
 * @param call the room
 * @param consult what the call is about
 * @param person who it is: the text of an account id or of a guest id; one person has one seat
 * @param displayName what the others of the call read; 1 to {@value #NAME_CHARS_MAX} characters
 * @param role what the person is at first
 * @param roles what a host of the call may make the person, {@code role} among them
 * @param mode whether a host must let them in
 * @param until when the right to be in the call ends (not the ticket's own end): the seat is closed
 *     then
 */
public record Admission(
    CallId call,
    ConsultId consult,
    String person,
    String displayName,
    CallRole role,
    Set<CallRole> roles,
    AdmissionMode mode,
    Instant until) {
  /** A name longer than this is a mistake; it is sent to everybody in the call. */
  public static final int NAME_CHARS_MAX = 200;

  public Admission {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(consult, "consult");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(until, "until");
    if (!roles.contains(role)) {
      throw new IllegalArgumentException("roles do not hold " + role);
    }
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    if (person.isBlank()) {
      throw new IllegalArgumentException("person is empty");
    }
    if (displayName.isBlank() || displayName.length() > NAME_CHARS_MAX) {
      throw new IllegalArgumentException("displayName has 1 to " + NAME_CHARS_MAX + " characters");
    }
  }

  /** Of one who has this role and may have no other. */
  public Admission(
      CallId call,
      ConsultId consult,
      String person,
      String displayName,
      CallRole role,
      AdmissionMode mode,
      Instant until) {
    this(call, consult, person, displayName, role, EnumSet.of(role), mode, until);
  }

  /** The same right in another role, one of {@link #roles}. */
  public Admission as(CallRole other) {
    return new Admission(call, consult, person, displayName, other, roles, mode, until);
  }

  /** Without the name, which is personal data. */
  @Override
  public String toString() {
    return "Admission[call=" + call + ", person=" + person + ", role=" + role + "]";
  }
}
