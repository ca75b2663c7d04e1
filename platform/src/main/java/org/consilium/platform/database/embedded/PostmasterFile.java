package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code postmaster.pid} that a PostgreSQL server keeps in its data folder. Lines: process
 * id, data folder, start time, port, socket folder, address, shared memory key and id, status.
 */
record PostmasterFile(Path data, List<String> lines) {
  private static final int SHARED_MEMORY_LINE = 6;
  private static final int STATUS_LINE = 7;

  /** Empty when no server is there and the last one left in good order. */
  static Optional<PostmasterFile> read(Path data) throws IOException {
    try {
      return Optional.of(new PostmasterFile(data, Files.readAllLines(path(data))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  static Path path(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** Whether that process has opened its port and takes connections. */
  boolean readyAs(long pid) {
    return line(0).equals(Long.toString(pid)) && line(STATUS_LINE).startsWith("ready");
  }

  String pid() {
    return line(0);
  }

  /**
   * Whether the server that wrote this, or one of the processes it started, still lives. A dead one
   * that nobody has reaped yet, and a stranger who was given its number, do not count.
   */
  boolean inUse() throws IOException {
    return serverLives() || sharedMemoryAttached();
  }

  private boolean serverLives() {
    if (!line(0).matches("[1-9][0-9]{0,9}")) {
      return false;
    }
    try {
      var words = Files.readString(Path.of("/proc", line(0), "cmdline")).split("\0", -1);
      return words[0].endsWith("postgres") && List.of(words).contains(data.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Every process of a server is attached to one small segment; that is how they find each other.
   */
  private boolean sharedMemoryAttached() throws IOException {
    var words = line(SHARED_MEMORY_LINE).split(" +", -1);
    var table = Path.of("/proc/sysvipc/shm");
    if (words.length != 2 || !Files.isReadable(table)) {
      return false;
    }
    // Columns: key, shmid, perms, size, cpid, lpid, nattch, … Numbers alone are soon given again.
    return Files.readAllLines(table).stream()
        .map(row -> row.strip().split(" +", -1))
        .anyMatch(row ->
            row.length > 6
                && sameKey(row[0], words[0])
                && row[1].equals(words[1])
                && !row[6].equals("0"));
  }

  /** The kernel prints the 32 bits of a key with a sign, PostgreSQL without. */
  private static boolean sameKey(String kernels, String postgres) {
    return postgres.matches("[0-9]{1,20}")
        && kernels.equals(Integer.toString((int) Long.parseUnsignedLong(postgres)));
  }

  private String line(int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }
}
