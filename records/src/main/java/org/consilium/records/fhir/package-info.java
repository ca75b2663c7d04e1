/**
 * The record as other systems read it: a FHIR R4 (4.0.1) facade under {@code /fhir/R4}, by ADR 16.
 */
package org.consilium.records.fhir;
