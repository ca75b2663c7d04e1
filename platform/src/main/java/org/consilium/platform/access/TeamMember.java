package org.consilium.platform.access;

import java.time.Instant;
import org.consilium.platform.id.AccountId;

/** A person on a consult's care team now. */
public record TeamMember(AccountId account, Relation relation, Instant since) {}
