package org.consilium.records.fhir;

import org.consilium.platform.http.FacadeCall;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.program.Scopes.Act;

/** Who gets in at all: people by their role, programs by their scopes. */
final class Admission {
  private static final String BINARY = "Binary";

  private Admission() {}

  /** To what is asked of a type by reading, searching or writing. */
  static void admit(FacadeCall call, ResourceType type) {
    if (call.scopes().isEmpty()) {
      type.admit(call.tx().caller());
      return;
    }
    require(
        call,
        type.name(),
        switch (call.method()) {
          case "POST" -> Act.CREATE;
          case "PUT", "PATCH" -> Act.UPDATE;
          default -> call.path().size() == 1 ? Act.SEARCH : Act.READ;
        });
  }

  /** What an operation answers is of many types; the bytes behind one are of one. */
  static void admit(FacadeCall call, Operation operation) {
    if (call.scopes().isPresent() && !operation.admitsItself()) {
      var first = operation.address().getFirst();
      require(call, first.equals(BINARY) ? BINARY : "*", Act.READ);
    }
  }

  /** To what a create looks for first: who may not search must not learn of it by writing. */
  static void admitCondition(FacadeCall call, ResourceType type) {
    if (call.scopes().isPresent()) {
      require(call, type.name(), Act.SEARCH);
    }
  }

  private static void require(FacadeCall call, String type, Act act) {
    if (call.scopes().filter(scopes -> scopes.allow(type, act)).isEmpty()) {
      throw new Refusal(
          403,
          "scope-missing",
          "This program may not %s %s: its token has no scope for it."
              .formatted(
                  act.name().toLowerCase(java.util.Locale.ROOT),
                  type.equals("*") ? "everything" : type));
    }
  }
}
