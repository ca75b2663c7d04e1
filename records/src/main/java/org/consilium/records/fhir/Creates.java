package org.consilium.records.fhir;

/** A type of which others may make resources. */
interface Creates {
  /**
   * Makes what was sent, by the product's own operations. What it reads of it counts as kept.
   *
   * @return the new resource
   */
  ResourceId create(Write write, Given given);

  /** Whether what was made can be read only after somebody has looked at it. */
  default boolean isLate() {
    return false;
  }
}
