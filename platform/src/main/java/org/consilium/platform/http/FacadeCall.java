package org.consilium.platform.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.consilium.platform.database.Tx;
import org.consilium.platform.program.Scopes;

/**
 * One request to a {@link Facade}, inside its own open transaction.
 *
 * @param path what follows the base, for example {@code Patient, 42}; decoded
 * @param query the parameters in the order of the address; decoded, a name may repeat
 * @param headers looks up a header of the request
 * @param body as it came: whole, UTF-8, and JSON without repeated names; may be empty
 * @param url the facade's own address as the caller reaches it, without a slash at the end
 * @param operations what the product itself can do, for the same caller in the same transaction
 * @param scopes what a program may do; empty when a person calls, whom their role bounds
 */
@SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
public record FacadeCall(
    Tx tx,
    String method,
    List<String> path,
    List<Map.Entry<String, String>> query,
    Function<String, Optional<String>> headers,
    byte[] body,
    String url,
    Operations operations,
    Optional<Scopes> scopes) {

  public Optional<String> header(String name) {
    return headers.apply(name);
  }
}
