package org.consilium.records.triage;

import org.consilium.platform.http.Wire;

/** AVPU: awake by themselves, to a voice, to pain, or not at all. */
public enum Consciousness implements Wire {
  ALERT,
  VOICE,
  PAIN,
  UNRESPONSIVE
}
