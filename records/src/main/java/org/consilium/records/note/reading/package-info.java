/** Reading what was signed, and telling readers what became of it. */
package org.consilium.records.note.reading;
