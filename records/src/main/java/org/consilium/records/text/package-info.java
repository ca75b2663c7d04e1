/** Text as it is kept and as it is signed. */
package org.consilium.records.text;
