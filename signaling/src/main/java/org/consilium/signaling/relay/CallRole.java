package org.consilium.signaling.relay;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person is in one call; written in lower-case in the protocol. */
public enum CallRole {
  CLINICIAN(true),
  SPECIALIST(true),
  COORDINATOR(true),
  INTERPRETER(false),
  OBSERVER(false),
  PATIENT(false),
  /** Who speaks for the patient: a parent, a spouse. */
  GUARDIAN(false);

  /** What a person without an account may be: never a host. */
  public static final Set<CallRole> FOR_GUESTS =
      Collections.unmodifiableSet(EnumSet.of(PATIENT, GUARDIAN, INTERPRETER, OBSERVER));

  private final boolean host;
  private final String text;

  CallRole(boolean host) {
    this.host = host;
    this.text = name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role may admit, refuse, mute and remove others, give roles, and end the call. */
  public boolean isHost() {
    return host;
  }

  /** The word used in messages, for example {@code clinician}. */
  public String text() {
    return text;
  }
}
