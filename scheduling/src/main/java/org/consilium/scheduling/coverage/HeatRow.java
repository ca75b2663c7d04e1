package org.consilium.scheduling.coverage;

import org.consilium.scheduling.coverage.Forecast.Ground;

/**
 * A field in a language over a window of hours.
 *
 * @param arrivals in the weeks that were counted
 * @param reachable how many could be asked in each hour: available, or on call
 * @param needed how many are likely to be needed then
 * @param expected arrivals expected then
 */
public record HeatRow(
    String specialty,
    String label,
    String language,
    String languageLabel,
    int arrivals,
    Ground ground,
    int[] reachable,
    int[] needed,
    double[] expected) {}
