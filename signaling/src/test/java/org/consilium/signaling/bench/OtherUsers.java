package org.consilium.signaling.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * People in calls while something else goes on, in a process of their own: what they wait for is
 * the server, not the program that makes the rest of the load.
 */
final class OtherUsers implements AutoCloseable {
  static final int ROOMS = 100;
  static final int PER_SECOND = 1_000;
  private static final long SLICE_MILLIS = 500;

  private final Process process;
  private final BufferedReader told;

  /** They are in their calls and speak, until {@link #stop}. */
  OtherUsers(int port, int firstRoom) throws Exception {
    process =
        new ProcessBuilder(
                ServerProcess.jdk("java"),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OtherUsers.class.getName(),
                "" + port,
                "" + firstRoom)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    told = process.inputReader(StandardCharsets.UTF_8);
    String line = told.readLine();
    if (!"speaking".equals(line)) {
      throw new IllegalStateException("the other users did not come in: " + line);
    }
  }

  /** Ends their calls; the 99th percentile of their messages' times in milliseconds. */
  double stop() throws Exception {
    process.getOutputStream().close();
    return Double.parseDouble(told.readLine());
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** Takes the port and the first room; speaks until the input ends, and prints the p99. */
  public static void main(String[] arguments) throws Exception {
    int firstRoom = Integer.parseInt(arguments[1]);
    var crowd =
        new Crowd(
            new Dialects.Consilium(),
            Integer.parseInt(arguments[0]),
            firstRoom,
            ROOMS,
            i -> firstRoom + i / 2 + "-" + (1 + i % 2));
    crowd.connect();
    for (int warm = 0; warm < 4; warm++) {
      crowd.paced(PER_SECOND, SLICE_MILLIS);
    }
    System.out.println("speaking");
    var input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    var ended = Thread.ofVirtual().start(() -> awaitEnd(input));
    var nanos = new long[0];
    do {
      nanos =
          LongStream.concat(
                  Arrays.stream(nanos), Arrays.stream(crowd.paced(PER_SECOND, SLICE_MILLIS)))
              .toArray();
    } while (ended.isAlive());
    crowd.verify("other users");
    Arrays.sort(nanos);
    System.out.println(nanos[nanos.length * 99 / 100] / 1e6);
    System.exit(0);
  }

  private static void awaitEnd(InputStreamReader input) {
    try {
      while (input.read() >= 0) {
        // Nothing is said; only the end counts.
      }
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }
}
