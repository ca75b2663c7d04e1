package org.consilium.records.request;

import java.util.Objects;
import org.consilium.platform.http.Wire;

/**
 * By whom the patient wishes to be seen.
 *
 * @param required a must, and not only a wish
 */
public record GenderWish(Gender gender, boolean required) {
  public GenderWish {
    Objects.requireNonNull(gender, "gender");
  }

  /** Of the specialist. */
  public enum Gender implements Wire {
    FEMALE,
    MALE
  }
}
