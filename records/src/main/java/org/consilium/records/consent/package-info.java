/** What the patient agreed to, per purpose. */
package org.consilium.records.consent;
