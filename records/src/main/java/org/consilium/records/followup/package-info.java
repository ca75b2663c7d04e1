/** When news of the patient is due, and how the patient fared. */
package org.consilium.records.followup;
