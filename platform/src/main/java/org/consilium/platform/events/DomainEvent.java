package org.consilium.platform.events;

/**
 * Something that happened and that others may be told: a record of ids and codes, never of personal
 * data. Its name in the outbox is its simple class name.
 */
public interface DomainEvent {}
