package org.consilium.records.attachment.intake;

import org.consilium.records.attachment.Reason;

/** A file cannot be used; what it was is told, never what was in it. */
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  Unfit(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
