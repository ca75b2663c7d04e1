/** What a note asks for, in which order, by specialty: versioned data. */
package org.consilium.records.note.template;
