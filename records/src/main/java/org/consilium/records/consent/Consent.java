package org.consilium.records.consent;

import java.time.Instant;

/** A consent as the record shows it. */
public record Consent(
    ConsentPurpose purpose, NewConsent.Decision decision, NewConsent.GivenBy givenBy, Instant at) {}
