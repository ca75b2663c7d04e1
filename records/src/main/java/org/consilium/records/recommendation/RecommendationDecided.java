package org.consilium.records.recommendation;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.RecommendationId;

/**
 * The treating clinician has decided upon a recommendation.
 *
 * @param decision accept, adapt, decline or cannot
 */
public record RecommendationDecided(
    ConsultId consult,
    NoteId note,
    RecommendationId recommendation,
    String decision,
    AccountId by,
    Instant at)
    implements DomainEvent {}
