/** The specialist's answer: what it says, and what others are told of it. */
package org.consilium.records.note;
