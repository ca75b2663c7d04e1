package org.consilium.scheduling.report;

import org.consilium.platform.http.Wire;

/** What the consults of a report are told apart by. */
public enum Grouping implements Wire {
  URGENCY,
  SPECIALTY,
  /** The patient's language. */
  LANGUAGE,
  SITE,
  /** The other side: who helped, for those who ask; who asked, for those who help. */
  ORGANISATION
}
