package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** How well somebody speaks a language, the best first. */
public enum LanguageLevel implements Wire {
  NATIVE,
  FLUENT,
  WORKING,
  BASIC;

  /** Good enough to talk medicine without an interpreter. */
  public boolean carriesAConsult() {
    return this != BASIC;
  }
}
