/**
 * Whether JSON is the FHIR R4 that it says: held against a table that is generated from HL7's own
 * definitions, by ADR 17.
 */
package org.consilium.records.fhir.shape;
