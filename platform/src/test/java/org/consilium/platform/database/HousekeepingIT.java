package org.consilium.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.Test;

class HousekeepingIT {
  @Test
  void what_has_served_goes_when_its_time_is_over_and_not_before() throws Exception {
    try (var world = TestPlatform.start()) {
      var http = world.serve();
      var wrong = Map.of("email", "nobody@test", "password", "guess");
      assertThat(http.anonymous().post("/sessions", wrong).status()).isEqualTo(401);
      var housekeeping = new Housekeeping(world.platform().database());

      world.clock().advance(Duration.ofHours(23));
      assertThat(housekeeping.sweep()).isZero();

      world.clock().advance(Duration.ofHours(2));
      // Counted by the account, by where it came from, and by both.
      assertThat(housekeeping.sweep()).isEqualTo(3);
      assertThat(housekeeping.sweep()).isZero();
    }
  }
}
