package org.consilium.platform.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A "no" that ends the request: the transaction rolls back and the caller gets a problem (RFC
 * 9457). Not a fault: nothing is logged as an error.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient List<FieldError> errors;
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /**
   * @param code stable, for programs, for example {@code offer-expired}
   * @param detail a sentence that a person can act on
   */
  public Refusal(int status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  public Refusal(int status, String code, String detail, List<FieldError> errors) {
    this(status, code, detail, errors, null);
  }

  private Refusal(
      int status, String code, String detail, List<FieldError> errors, Throwable cause) {
    super(detail, cause, false, false);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** The server cannot do it just now; the same again may work after {@code seconds}. */
  public static Refusal unavailable(String code, String detail, int seconds, Throwable cause) {
    return new Refusal(503, code, detail, List.of(), cause)
        .withHeader("Retry-After", Integer.toString(seconds));
  }

  /** Absent, or not for this caller to know of: both read the same from outside. */
  public static Refusal notFound(String code, String detail) {
    return new Refusal(404, code, detail);
  }

  /** A parameter of the address that cannot be read. */
  public static Refusal malformed(String parameter, String how) {
    return new Refusal(
        400,
        "malformed",
        "The parameter %s cannot be read.".formatted(parameter),
        List.of(new FieldError("/" + parameter, how)));
  }

  /** Fields that a person must mend; 422 because the shape was right and the content is not. */
  public static Refusal invalid(List<FieldError> errors) {
    return new Refusal(422, "invalid", "Some answers need another look.", errors);
  }

  /** One field that a person must mend. */
  public static Refusal invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** One field that a person must mend, told with values. */
  public static Refusal invalid(String pointer, Sentence sentence) {
    return invalid(List.of(new FieldError(pointer, sentence)));
  }

  /** The edit was based on a version that is no longer the newest. */
  public static Refusal editedElsewhere(int current) {
    return new Refusal(
            412, "edited-elsewhere", "This was changed on another device in the meantime.")
        .with("current", current);
  }

  /** Adds a member to the problem, for example the next free slots. */
  public Refusal with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /** Adds a header to the answer, for example {@code Retry-After}. */
  public Refusal withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public List<FieldError> errors() {
    return errors;
  }

  public Map<String, Object> members() {
    return members;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
