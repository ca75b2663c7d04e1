package org.consilium.records.attachment;

import org.consilium.platform.http.Wire;

/** What is known of an attachment's original. */
public enum AttachmentState implements Wire {
  /** Not all here, or not looked at yet. */
  RECEIVING,
  READY,
  /** Not whole: shown as far as it goes, and marked. */
  DAMAGED,
  /** Kept aside and shown to nobody: it could not be read safely. */
  QUARANTINED,
  /** Not kept. */
  REFUSED
}
