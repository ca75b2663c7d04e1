package org.consilium.platform.http;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.testing.TestPlatform;

/**
 * A little module over a table of its own, for tests of what every module's requests go through.
 */
final class Entries {
  static final String CONTRACT = "openapi/platform-test.yaml";

  private static final String MAKE =
      "INSERT INTO platform.test_entry (id, text, account_id) VALUES ($1, $2, $3)";
  private static final String COUNT =
      "SELECT count(*)::int AS n FROM platform.test_entry WHERE text = $1";

  private final AtomicInteger calls = new AtomicInteger();

  /** Whether an entry with the text {@code moody} is refused. */
  volatile boolean refusing;

  Entries(TestPlatform world) {
    var address = world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE platform.test_entry (id uuid PRIMARY KEY, text text, account_id uuid)");
      statement.execute("GRANT SELECT, INSERT ON platform.test_entry TO consilium_app");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  record NewEntry(String text, ZoneId zone, Double amount, Object more) {}

  record Entry(UUID id, String text) {}

  Routes routes() {
    return new Routes(CONTRACT)
        .operation("makeEntry", this::make)
        .operation("findEntries", call -> Answer.ok(Map.of("n", count(call, text(call)))))
        .operation("changeEntry", Entries::change);
  }

  int calls() {
    return calls.get();
  }

  private static String text(Call call) {
    return call.query("text").orElse("");
  }

  static int count(Call call, String text) {
    return call.tx().one(COUNT, text).orElseThrow().getInteger("n");
  }

  private Answer make(Call call) {
    calls.incrementAndGet();
    var asked = call.body(NewEntry.class);
    var entry = new Entry(Uuid7.next(), asked.text());
    call.tx().run(MAKE, entry.id(), entry.text(), call.caller().account());
    if (refusing && entry.text().equals("moody")) {
      throw new Refusal(409, "not-now", "Not now.");
    }
    return Answer.created(entry);
  }

  private static Answer change(Call call) {
    call.ifMatch();
    return Answer.ok(new Entry(call.pathId("entryId"), call.body(NewEntry.class).text()));
  }
}
