package org.consilium.records.note;

import org.consilium.platform.http.Wire;

/** What a signed version does to the record (FHIR Composition.relatesTo and status). */
public enum NoteKind implements Wire {
  /** An answer of its own. */
  NOTE,
  /** Adds to a note, which stays as it is. */
  ADDENDUM,
  /** Takes the place of a note, whose text stays readable, struck. */
  CORRECTION,
  /** Takes a note back: out of care, kept for audit. */
  RETRACTION
}
