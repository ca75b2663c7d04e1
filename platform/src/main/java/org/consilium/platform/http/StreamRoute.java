package org.consilium.platform.http;

import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.function.Consumer;
import org.consilium.platform.identity.Role;

/**
 * An address whose body or answer is bytes that are never held whole: outside the JSON contract,
 * with the same look at who calls.
 *
 * @param path below {@code /api/v1}, for example {@code /uploads/:uploadId}
 * @param roles who may call it; empty means everybody who is signed in
 * @param handler runs on a virtual thread and answers once
 */
public record StreamRoute(
    HttpMethod method, String path, Set<Role> roles, Consumer<StreamCall> handler) {}
