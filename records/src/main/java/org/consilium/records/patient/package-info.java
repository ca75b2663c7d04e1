/** Who is treated: identity with precision and doubt, kept by the owning organisation. */
package org.consilium.records.patient;
