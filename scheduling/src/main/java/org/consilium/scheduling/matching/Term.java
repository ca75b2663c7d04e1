package org.consilium.scheduling.matching;

/**
 * One reason of a rank, or one reason why not.
 *
 * @param code stable, the rule's own name
 * @param sentence for the coordinator
 * @param points what it adds to the score; 0 where it bars
 */
public record Term(String code, String sentence, int points) {}
