package org.consilium.scheduling.consult;

import org.consilium.scheduling.volunteer.Gender;

/**
 * By whom the patient wishes to be seen.
 *
 * @param required a must, and not only a wish
 */
public record GenderWish(Gender gender, boolean required) {}
