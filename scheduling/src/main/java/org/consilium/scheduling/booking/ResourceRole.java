package org.consilium.scheduling.booking;

import org.consilium.platform.http.Wire;

/** As what somebody's, or something's, time is booked. */
public enum ResourceRole implements Wire {
  SPECIALIST,
  CLINIC,
  INTERPRETER,
  /** Who is with the patient at the clinic and works the camera. */
  NAVIGATOR,
  /** A room or a device of the site. */
  DEVICE;

  /** Somebody who can come or stay away; a room cannot. */
  boolean isPerson() {
    return switch (this) {
      case SPECIALIST, INTERPRETER, NAVIGATOR -> true;
      case CLINIC, DEVICE -> false;
    };
  }

  /** Whose yes makes an appointment confirmed, and without whom it cannot take place. */
  boolean isSide() {
    return switch (this) {
      case SPECIALIST, CLINIC, INTERPRETER -> true;
      case NAVIGATOR, DEVICE -> false;
    };
  }
}
