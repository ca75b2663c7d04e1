/** Files of a consult: pictures, films, documents, sound; sent over bad links and served inert. */
package org.consilium.records.attachment;
