/** What is done with a file that has come: told by its bytes, cleaned, made small. */
package org.consilium.records.attachment.intake;
