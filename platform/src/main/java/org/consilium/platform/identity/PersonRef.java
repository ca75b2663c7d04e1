package org.consilium.platform.identity;

import org.consilium.platform.id.AccountId;

/** A person as the contract shows one. */
public record PersonRef(AccountId id, String name) {}
