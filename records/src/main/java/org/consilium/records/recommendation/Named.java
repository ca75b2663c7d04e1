package org.consilium.records.recommendation;

import org.consilium.platform.id.RecommendationId;

/** A recommendation with the name by which it is decided upon. */
public record Named(RecommendationId id, RecommendationContent content) {}
