/** What is known of a patient beyond one consult: problems, medicines, vaccines, by ADR 18. */
package org.consilium.records.health;
