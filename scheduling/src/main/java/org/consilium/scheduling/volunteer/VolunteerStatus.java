package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** Where a volunteer stands with the network; only an active one is asked. */
public enum VolunteerStatus implements Wire {
  APPLIED,
  ACTIVE,
  /** Their own wish or the network's, with or without a day on which they are back. */
  PAUSED,
  /** No licence is left that holds; a new one that is verified ends it. */
  SUSPENDED,
  ENDED;

  /** Whether somebody who stands here can come to stand there. */
  public boolean mayBecome(VolunteerStatus next) {
    return switch (this) {
      case APPLIED -> next == ACTIVE || next == ENDED;
      case ACTIVE -> next == PAUSED || next == SUSPENDED || next == ENDED;
      case PAUSED -> next == ACTIVE || next == SUSPENDED || next == ENDED;
      case SUSPENDED -> next == ACTIVE || next == ENDED;
      case ENDED -> next == APPLIED;
    };
  }
}
