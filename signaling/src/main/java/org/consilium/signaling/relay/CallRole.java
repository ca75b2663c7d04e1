package org.consilium.signaling.relay;

import java.util.Locale;

/** What a person is in one call; written in lower-case in the protocol. */
public enum CallRole {
  CLINICIAN(true),
  SPECIALIST(true),
  COORDINATOR(true),
  INTERPRETER(false),
  OBSERVER(false),
  PATIENT(false);

  private final boolean host;
  private final String text;

  CallRole(boolean host) {
    this.host = host;
    this.text = name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role may admit, refuse, mute and remove others, and end the call for all. */
  public boolean isHost() {
    return host;
  }

  /** The word used in messages, for example {@code clinician}. */
  public String text() {
    return text;
  }
}
