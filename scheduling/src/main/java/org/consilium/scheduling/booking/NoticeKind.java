package org.consilium.scheduling.booking;

import org.consilium.platform.http.Wire;

/** Of what a person is told. */
public enum NoticeKind implements Wire {
  BOOKED,
  MOVED,
  CANCELLED,
  REMIND_DAY,
  REMIND_HOURS,
  REMIND_QUARTER,
  ABSENT,
  NO_SHOW,
  /** The appointment cannot be kept as it is; a new time is being looked for. */
  BROKEN,
  /** A time has become free for a consult that waits. */
  TIME_OFFERED,
  /** How the patient fares is asked; the next ones tell the answer, or that none came. */
  FOLLOW_UP_DUE,
  NEWS,
  NEWS_WORSE,
  NO_NEWS
}
