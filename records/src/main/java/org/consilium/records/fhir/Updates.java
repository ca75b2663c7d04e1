package org.consilium.records.fhir;

/** A type whose resources others may change. */
interface Updates {
  /**
   * Changes a resource to what was sent, by the product's own operations.
   *
   * @param version that was edited
   */
  void update(Write write, ResourceId id, int version, Given given);
}
