package org.consilium.records.fhir;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.FacadeCall;

/** What is asked at an address of its own beside reading and searching. */
interface Operation {
  /** Stands in an {@link #address} for any logical id. */
  String ID = "{id}";

  /** Below the base, for example {@code Composition}, {@link #ID}, {@code $document}. */
  List<String> address();

  /** The canonical address of its definition, when it is an operation in FHIR's sense. */
  Optional<String> definition();

  /** Whether only JSON is answered; otherwise the answer is of what type it is. */
  default boolean isJsonOnly() {
    return true;
  }

  /** How it may be asked. */
  default Set<String> methods() {
    return Set.of("GET", "HEAD");
  }

  /** Whether it looks itself at what a program's scopes allow. */
  default boolean admitsItself() {
    return false;
  }

  Answer answer(FacadeCall call);

  /** Whether this is what stands at {@code path}. */
  default boolean isAt(List<String> path) {
    var address = address();
    if (address.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!address.get(i).equals(ID) && !address.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
