package org.consilium.records.fhir;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.http.FacadeCall;

/**
 * What the sender of a write wants to hear (RFC 7240): {@code return=minimal}, {@code
 * representation} or {@code OperationOutcome}, and {@code handling=strict}, which refuses what
 * would not be kept whole.
 */
record Preference(Optional<Return> wanted, boolean strict) {
  /** What the answer's body is. */
  enum Return {
    MINIMAL,
    REPRESENTATION,
    OUTCOME
  }

  static Preference of(FacadeCall call) {
    Set<String> words =
        call.header("Prefer").stream()
            .flatMap(header -> Arrays.stream(header.split("[,;]")))
            .map(word -> word.replaceAll("[\\s\"]", ""))
            .collect(Collectors.toSet());
    return new Preference(wanted(words), words.contains("handling=strict"));
  }

  private static Optional<Return> wanted(Set<String> words) {
    if (words.contains("return=minimal")) {
      return Optional.of(Return.MINIMAL);
    }
    if (words.contains("return=representation")) {
      return Optional.of(Return.REPRESENTATION);
    }
    return words.contains("return=OperationOutcome")
        ? Optional.of(Return.OUTCOME)
        : Optional.empty();
  }

  /** Without a wish: the resource, or what of it was not kept where there is such. */
  Return answer(boolean somethingToTell) {
    return wanted.orElse(somethingToTell ? Return.OUTCOME : Return.REPRESENTATION);
  }
}
