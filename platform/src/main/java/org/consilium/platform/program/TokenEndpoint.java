package org.consilium.platform.program;

import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;

/** Where programs get their tokens (RFC 6749 §4.4): a form in, JSON in the words of OAuth out. */
public final class TokenEndpoint {
  /** Below the address of the server. */
  public static final String PATH = "/oauth/token";

  private final Programs programs;

  public TokenEndpoint(Programs programs) {
    this.programs = programs;
  }

  /**
   * Who is denied rolls the transaction back: {@link #denied} says how that reads.
   *
   * @param origin the server's own address, without a path; empty when it does not know it
   */
  public Answer grant(Tx tx, Map<String, String> form, Optional<String> origin) {
    var audience = origin.orElseThrow(TokenEndpoint::withoutAddress) + PATH;
    var granted = programs.grant(tx, form, audience);
    return Answer.ok(
            Map.of(
                "access_token",
                granted.accessToken(),
                "token_type",
                "bearer",
                "expires_in",
                AccessTokens.LIFE.toSeconds(),
                "scope",
                granted.scopes().text()))
        .withHeader("Pragma", "no-cache");
  }

  /**
   * An assertion is for one server. One that takes its own name from the request would take an
   * assertion that was made for another.
   */
  private static Programs.Denied withoutAddress() {
    return new Programs.Denied(
        "invalid_request",
        "This server does not know its own address: whoever runs it sets CONSILIUM_PUBLIC_URL."
            + " Until then it gives tokens on its own machine alone.");
  }

  /** How "no" is said by RFC 6749 §5.2. */
  public record Denial(int status, Map<String, String> body) {}

  /** What a failure of {@link #grant} is when it is the program's own; other ones pass. */
  public static Denial denied(RuntimeException failure) {
    if (failure instanceof Programs.Denied denied) {
      return new Denial(
          denied.error().equals("invalid_client") ? 401 : 400,
          Map.of("error", denied.error(), "error_description", denied.getMessage()));
    }
    throw failure;
  }
}
