/** What a specialist advises, each thing a row, and the treating clinician's decision on it. */
package org.consilium.records.recommendation;
