package org.consilium.records.thread;

import java.time.Instant;
import org.consilium.platform.access.Relation;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MessageId;

/**
 * Somebody wrote in a consult's thread.
 *
 * @param relation as what they wrote
 * @param afterClosing whether the outcome was recorded before it: news that reopens the consult
 */
public record MessagePosted(
    ConsultId consult,
    MessageId message,
    AccountId author,
    Relation relation,
    boolean afterClosing,
    Instant at)
    implements DomainEvent {}
