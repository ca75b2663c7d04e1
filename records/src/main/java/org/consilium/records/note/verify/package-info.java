/** Checks what was signed, with the kept rows and public keys alone. */
package org.consilium.records.note.verify;
