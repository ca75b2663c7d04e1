/** What was signed: bytes, hashes and signatures in one chain for each consult. */
package org.consilium.records.note.chain;
