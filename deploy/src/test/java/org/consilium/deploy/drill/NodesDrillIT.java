package org.consilium.deploy.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short form of {@code deploy/drill nodes}: three servers, each killed once. */
class NodesDrillIT {
  private static final int TRIALS = 3;

  @Test
  void everybody_hears_everybody_again_after_each_kill() throws Exception {
    Path jar = Path.of("target", "consilium.jar").toAbsolutePath();
    assertThat(Files.exists(jar)).as("the packaged product").isTrue();

    assertThat(NodesDrill.run(jar, TRIALS)).isTrue();
  }
}
