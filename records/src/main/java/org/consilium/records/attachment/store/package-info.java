/** Where the bytes of files are kept. */
package org.consilium.records.attachment.store;
