package org.consilium.records.fhir.shape;

/**
 * Something in a resource that FHIR R4 does not allow.
 *
 * @param path the element as FHIRPath has it, for example {@code Patient.contact[0].name}
 * @param detail a sentence that a person can act on
 */
public record Fault(String path, String detail) {}
