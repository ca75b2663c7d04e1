/** The specialist's answer: drafted, signed once, decided upon by the treating clinician. */
package org.consilium.records.note;
