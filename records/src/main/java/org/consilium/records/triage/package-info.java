/** How urgent: rules as versioned data, and every reason of the answer. */
package org.consilium.records.triage;
