package org.consilium.records.consent;

/**
 * What is read aloud before somebody decides.
 *
 * @param required whether a request cannot be sent without a yes
 */
public record ConsentText(
    ConsentPurpose purpose, String language, String version, String body, boolean required) {}
