package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to run a server on one folder. The kernel takes it back when the JVM ends, however it
 * ends. Whoever holds it knows that no other Consilium has a server there.
 */
final class FolderLock implements AutoCloseable {
  /** Closing any channel on a file drops the locks of the whole JVM, so within it this counts. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    var real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      throw inUse(folder, ProcessHandle.current().pid() + "");
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              real.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw inUse(folder, Files.readString(real.resolve("lock")).strip());
      }
      channel.truncate(0);
      channel.write(ascii(ProcessHandle.current().pid() + "\n"));
      taken = true;
      return new FolderLock(real, channel);
    } finally {
      if (!taken) {
        HELD_HERE.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(folder);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static EmbeddedPostgresException inUse(Path folder, String pid) {
    return new EmbeddedPostgresException(
        "The database folder %s is in use by another Consilium (process %s): stop that one, or set CONSILIUM_DATA to another folder."
            .formatted(folder, pid));
  }
}
