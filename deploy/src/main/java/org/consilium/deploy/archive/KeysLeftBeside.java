package org.consilium.deploy.archive;

import java.io.IOException;
import java.nio.file.Path;

/** An archive is entered, but its public keys still lie beside their places. */
public final class KeysLeftBeside extends IOException {
  private static final long serialVersionUID = 1;

  KeysLeftBeside(Path folder, IOException cause) {
    super(
        "Everything was entered, but public keys could not be put in place: rename each file"
            + " %s/*.arriving to end in .pub instead.".formatted(folder),
        cause);
  }
}
