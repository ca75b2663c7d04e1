/** Bytes on their way in: tus 1.0.0, every received byte kept. */
package org.consilium.records.attachment.upload;
