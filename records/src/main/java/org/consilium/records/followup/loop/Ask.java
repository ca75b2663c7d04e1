package org.consilium.records.followup.loop;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;

/**
 * One person who is asked, and what lets them answer.
 *
 * @param expiresAt until then its newest link and its digits are good
 * @param phone where its digits are good
 * @param code the digits
 * @param endedAt when somebody answered, or it was replaced
 * @param sending the sending that brought the answer, by this very link
 * @param answer hash of that answer
 */
record Ask(
    OrganisationId owner,
    UUID id,
    UUID check,
    ConsultId consult,
    AccountId account,
    Instant expiresAt,
    Optional<String> phone,
    Optional<String> code,
    Optional<Instant> endedAt,
    Optional<UUID> sending,
    Optional<byte[]> answer) {}
