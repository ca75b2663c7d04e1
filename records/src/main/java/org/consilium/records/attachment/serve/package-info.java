/** Files on their way out, to those who may see them at this moment. */
package org.consilium.records.attachment.serve;
