package org.consilium.scheduling.matching;

/**
 * What each soft rule is worth, in whole points. Versioned data: table {@code
 * scheduling.matching_weights}.
 *
 * @param parentField for somebody of the wider field
 * @param soonPerHour taken from {@code onDuty} for each hour until the next free time
 * @param openConsult taken for each consult that the person carries now
 * @param roomInWeek given for each place left under the weekly cap, up to five
 */
public record Weights(
    String version,
    int field,
    int parentField,
    int ageGroup,
    int clinicianLanguage,
    int patientLanguage,
    int onDuty,
    int soonPerHour,
    int continuity,
    int wakingHour,
    int openConsult,
    int roomInWeek) {}
