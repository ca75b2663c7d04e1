package org.consilium.platform.program;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;

/** An organisation's programs over HTTP, for its administrators. */
public final class ProgramRoutes {
  private static final Duration LIFE_MAX = Duration.ofDays(731);

  private final Programs programs;

  public ProgramRoutes(Programs programs) {
    this.programs = programs;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listPrograms", this::list)
        .operation("registerProgram", this::register)
        .operation("revokeProgram", this::revoke);
  }

  private record Shown(
      AccountId id,
      String name,
      List<String> scopes,
      Instant registeredAt,
      Instant expiresAt,
      Optional<Instant> usedAt,
      Optional<Instant> revokedAt) {
    static Shown of(Programs.Program program) {
      return new Shown(
          program.id(),
          program.name(),
          program.scopes().sorted(),
          program.registeredAt(),
          program.expiresAt(),
          program.usedAt(),
          program.revokedAt());
    }
  }

  private record Listed(List<Shown> items) {}

  private Answer list(Call call) {
    return Answer.ok(new Listed(programs.list(call.tx()).stream().map(Shown::of).toList()));
  }

  private record Asked(
      String name, Map<String, Object> publicKey, List<String> scopes, Instant expiresAt) {}

  private Answer register(Call call) {
    var asked = call.body(Asked.class);
    var wrong = new ArrayList<FieldError>();
    var name = asked.name().strip();
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      wrong.add(new FieldError("/name", "Say what the program is called."));
    }
    for (int i = 0; i < asked.scopes().size(); i++) {
      if (!Scopes.isOne(asked.scopes().get(i))) {
        wrong.add(
            new FieldError(
                "/scopes/" + i, "Write it like system/Patient.rs or system/*.rs (c, r, u, d, s)."));
      }
    }
    var now = call.tx().now();
    if (!asked.expiresAt().isAfter(now) || asked.expiresAt().isAfter(now.plus(LIFE_MAX))) {
      wrong.add(new FieldError("/expiresAt", "Give a moment within the next two years."));
    }
    if (!wrong.isEmpty()) {
      throw Refusal.invalid(wrong);
    }
    var registered =
        programs.register(
            call.tx(),
            new Programs.NewProgram(
                AccountId.random(),
                name,
                new JsonObject(asked.publicKey()),
                Scopes.of(asked.scopes()),
                asked.expiresAt()));
    return Answer.created(Shown.of(registered));
  }

  private Answer revoke(Call call) {
    return Answer.ok(Shown.of(programs.revoke(call.tx(), new AccountId(call.pathId("programId")))));
  }
}
