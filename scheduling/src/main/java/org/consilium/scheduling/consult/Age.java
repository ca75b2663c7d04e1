package org.consilium.scheduling.consult;

/**
 * @param unit days, weeks, months or years
 */
public record Age(int value, String unit) {}
