package org.consilium.platform.database.embedded;

import java.util.List;

/** What a commit promises when the power fails. */
public enum Durability {
  /** A committed row survives: every commit waits for the disk. The product runs so. */
  DURABLE,

  /** A crash may lose the whole database, and nothing waits for the disk. Tests run so. */
  FAST;

  List<String> settings() {
    return switch (this) {
      case DURABLE -> List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on");
      case FAST ->
          List.of(
              "fsync=off",
              "synchronous_commit=off",
              "full_page_writes=off",
              "wal_level=minimal",
              "max_wal_senders=0",
              // One server serves every pool that the tests of one JVM leave open.
              "max_connections=300");
    };
  }

  List<String> initdbFlags() {
    return switch (this) {
      case DURABLE -> List.of();
      case FAST -> List.of("--no-sync");
    };
  }
}
