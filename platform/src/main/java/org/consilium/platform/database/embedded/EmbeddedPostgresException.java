package org.consilium.platform.database.embedded;

/**
 * The embedded database cannot start. The message is one sentence for the person who runs the
 * program: what is wrong, and where there is one, the mend.
 */
public final class EmbeddedPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedPostgresException(String message) {
    super(message);
  }

  public EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
