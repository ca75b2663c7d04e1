package org.consilium.records.referral;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;
import org.consilium.platform.id.Id;
import org.consilium.platform.id.Uuid7;

/** Names a referral. */
public record ReferralId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReferralId {
    Objects.requireNonNull(value, "value");
  }

  /** A new one, ordered by time (RFC 9562, version 7). */
  static ReferralId random() {
    return new ReferralId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
