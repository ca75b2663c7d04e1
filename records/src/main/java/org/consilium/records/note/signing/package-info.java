/** Signing: what is shown, who confirms it again, and the acts that follow a signed note. */
package org.consilium.records.note.signing;
