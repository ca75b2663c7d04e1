package org.consilium.signaling.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under load, in a process of its own, and what the system says it costs. Linux only. */
final class ServerProcess implements AutoCloseable {
  /** The flags of {@code deploy/lib.sh}. */
  static final List<String> JVM_FLAGS =
      List.of("-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");

  /** What {@code /proc} counts CPU time in: USER_HZ, 100 on every Linux of today. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  /** Twelve percent of a core: what a JVM does by itself is less. */
  private static final double IDLE_CPU_SECONDS = 0.06;

  private static final long SETTLE_MILLIS = 500;

  private final String name;
  private final Process process;
  private final int port;

  private ServerProcess(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** Starts one of our own servers in a JVM with the product's flags. */
  static ServerProcess java(String name, Class<?> main, String... arguments) throws Exception {
    return java(List.of(), name, main, arguments);
  }

  /** Starts one of our own servers with {@code flags} beside the product's. */
  static ServerProcess java(List<String> flags, String name, Class<?> main, String... arguments)
      throws Exception {
    var command = new ArrayList<>(List.of(jdk("java")));
    command.addAll(JVM_FLAGS);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line; (line = reader.readLine()) != null; ) {
      if (line.startsWith("port ")) {
        drain(reader);
        return new ServerProcess(name, process, Integer.parseInt(line.substring(5)));
      }
    }
    throw new IllegalStateException(name + " did not start");
  }

  /** Starts another's server, which answers on {@code port} soon. */
  static ServerProcess foreign(String name, int port, String... command) throws Exception {
    var process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int attempt = 0; attempt < 100; attempt++) {
      try (var socket = new java.net.Socket("127.0.0.1", port)) {
        return new ServerProcess(name, process, socket.getPort());
      } catch (IOException notYet) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException(name + " did not start");
  }

  /** Nobody reads on what it prints, which must not stop it. */
  private static void drain(BufferedReader reader) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            reader.transferTo(Writer.nullWriter());
          } catch (IOException ended) {
            // The server was stopped.
          }
        });
  }

  static String jdk(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** CPU seconds used since the start, in user and system mode, by all threads. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }

  /** Waits until it has done what is left to do, such as writing down what has happened. */
  void settle() throws Exception {
    double before;
    do {
      before = cpuSeconds();
      Thread.sleep(SETTLE_MILLIS);
    } while (cpuSeconds() - before > IDLE_CPU_SECONDS);
  }

  /** Resident memory after a full collection, in kB. */
  long residentKilobytes() throws Exception {
    collect();
    collect();
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IllegalStateException("no VmRSS");
  }

  /** Bytes of live objects on the heap. */
  long liveBytes() throws Exception {
    var jcmd =
        new ProcessBuilder(jdk("jcmd"), Long.toString(process.pid()), "GC.class_histogram").start();
    try (var lines = jcmd.inputReader().lines()) {
      String total = lines.filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
      return Long.parseLong(total.trim().split(" +")[2]);
    }
  }

  private void collect() throws Exception {
    var jcmd = new ProcessBuilder(jdk("jcmd"), Long.toString(process.pid()), "GC.run");
    jcmd.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
