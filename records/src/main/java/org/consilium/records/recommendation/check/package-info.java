/**
 * What speaks against a recommendation for this patient at this site: pure rules over versioned
 * data.
 */
package org.consilium.records.recommendation.check;
