package org.consilium.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterFileIT {
  @TempDir Path temporary;

  @Test
  void a_living_server_is_known_by_its_process_and_by_its_shared_memory() throws Exception {
    PostmasterFile living;
    var binaries = Path.of("target", "postgres", "binaries");
    try (var postgres = EmbeddedPostgres.start(temporary, Durability.FAST, binaries)) {
      living = PostmasterFile.read(temporary.resolve("data")).orElseThrow();

      assertThat(living.readyAs(postgres.pid())).isTrue();
      assertThat(living.inUse()).isTrue();
      assertThat(without(living, 0, "999999999").inUse()).as("by memory alone").isTrue();
      assertThat(without(living, 6, "").inUse()).as("by process alone").isTrue();
      assertThat(without(without(living, 0, "999999999"), 6, "1 1").inUse()).isFalse();
    }
    assertThat(living.inUse()).isFalse();
    assertThat(PostmasterFile.read(temporary.resolve("data"))).isEmpty();
  }

  private static PostmasterFile without(PostmasterFile file, int line, String instead) {
    List<String> lines = new ArrayList<>(file.lines());
    lines.set(line, instead);
    return new PostmasterFile(file.data(), lines);
  }
}
