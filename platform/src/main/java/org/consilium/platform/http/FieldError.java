package org.consilium.platform.http;

/**
 * What is wrong with one field.
 *
 * @param pointer where in the body (RFC 6901), for example {@code /age/value}
 * @param detail a sentence for the person who typed it
 */
public record FieldError(String pointer, String detail) {}
