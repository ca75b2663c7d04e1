package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** One running PostgreSQL server, from its start to its end. */
final class ServerProcess {
  /** How a start can end. */
  sealed interface Start {
    record Ready() implements Start {}

    record Failed(String lastWords) implements Start {}
  }

  /** Generous: after a crash the server first replays what it had not yet written. */
  static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  /** A clean stop writes all changed pages first. */
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);

  private static final Duration QUIT_WITHIN = Duration.ofSeconds(10);

  private static final int LAST_WORDS_BYTES_MAX = 8192;

  private final Process process;
  private final DatabaseFolder folder;
  private final Path log;
  private final long logStart;

  private ServerProcess(Process process, DatabaseFolder folder, Path log, long logStart) {
    this.process = process;
    this.folder = folder;
    this.log = log;
    this.logStart = logStart;
  }

  /** Starts it from the calling thread, whose end would interrupt it. */
  static ServerProcess launch(ProcessBuilder command, DatabaseFolder folder) throws IOException {
    var log = folder.log();
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    return new ServerProcess(command.start(), folder, log, logStart);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the start as long as a crash may need; a restore replays much more. */
  Start awaitReady(Duration within) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < deadline) {
      var file = PostmasterFile.read(folder.data());
      if (file.isPresent() && file.get().readyAs(process.pid())) {
        return new Start.Ready();
      }
      if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Start.Failed(lastWords());
      }
    }
    stop();
    return new Start.Failed("It was not ready within " + within);
  }

  /** Calls {@code listener} with the exit status, once, when the server has ended. */
  void onEnd(IntConsumer listener) {
    var _ = process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
  }

  /** Interrupt means: roll back, cut off clients, write everything, end. */
  void stop() {
    boolean stopped =
        signalled("INT", STOPPED_WITHIN)
            // Quit means: end at once; the next start replays the log, nothing committed is lost.
            || signalled("QUIT", QUIT_WITHIN);
    if (!stopped) {
      process.destroyForcibly();
    }
  }

  private boolean signalled(String signal, Duration within) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException failure) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lastWords() throws IOException {
    try (var channel = FileChannel.open(log)) {
      long from = Math.max(logStart, channel.size() - LAST_WORDS_BYTES_MAX);
      var words = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
      while (words.hasRemaining() && channel.read(words, from + words.position()) >= 0) {}
      return new String(words.array(), 0, words.position(), StandardCharsets.UTF_8);
    }
  }
}
