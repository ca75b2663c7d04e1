package org.consilium.platform.identity;

import java.util.UUID;
import org.consilium.platform.id.MembershipId;

/**
 * What a request came with: a browser's session, or the family of a program's refresh tokens. What
 * is given out in its name ends with it.
 *
 * @param id {@code platform.session.id} or {@code platform.refresh_token.family}
 * @param membership in which role of which organisation
 */
public record SignIn(UUID id, MembershipId membership) {}
