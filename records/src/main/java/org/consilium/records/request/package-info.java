/** The case form: drafted, sent once, then frozen. */
package org.consilium.records.request;
