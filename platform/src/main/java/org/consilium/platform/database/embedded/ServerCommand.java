package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How the PostgreSQL programs are called: with which words, as whom, in which environment.
 *
 * @param further settings of the server beside those of its durability, each {@code name=value}
 */
record ServerCommand(
    PostgresBinaries binaries, ServerUser user, Durability durability, List<String> further) {

  /** Makes a new server's data. */
  void initialise(DatabaseFolder folder, String password) throws IOException, InterruptedException {
    var data = folder.unfinishedData();
    FileTree.delete(data);
    Files.createDirectory(data);
    var passwordFile = folder.root().resolve("initdb-password");
    try {
      folder.writePrivately(passwordFile, password);
      user.mayEnter(folder.root());
      user.owns(data);
      user.owns(passwordFile);
      var words =
          new ArrayList<>(
              List.of(
                  "--pgdata=" + data,
                  "--username=" + EmbeddedPostgres.DATABASE,
                  "--pwfile=" + passwordFile,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  // The same order and the same case rules on every machine and for ever.
                  "--locale-provider=builtin",
                  "--builtin-locale=C.UTF-8",
                  "--locale=C",
                  "--no-instructions"));
      words.addAll(durability.initdbFlags());
      var initdb =
          process(user.running(binaries.program("initdb"), words))
              .redirectErrorStream(true)
              .start();
      initdb.getOutputStream().close();
      var said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (initdb.waitFor() != 0) {
        throw StartFailure.explain(folder, said);
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(data, folder.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The server itself, in the foreground, its log on standard error. */
  ProcessBuilder server(DatabaseFolder folder, int port) throws IOException {
    var words = new ArrayList<>(List.of("-D", folder.data().toString(), "-p", port + ""));
    set(words, "listen_addresses=127.0.0.1");
    // No local socket: its path has a limit of 107 bytes, which a deep folder would break.
    set(words, "unix_socket_directories=");
    set(words, "timezone=UTC");
    set(words, "log_timezone=UTC");
    // The details of an error may quote a patient's data; the client still gets them.
    set(words, "log_error_verbosity=terse");
    set(words, "log_min_error_statement=panic");
    durability.settings().forEach(setting -> set(words, setting));
    further.forEach(setting -> set(words, setting));
    var log = ProcessBuilder.Redirect.appendTo(folder.log().toFile());
    return process(user.running(binaries.program("postgres"), words))
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(log)
        .redirectErrorStream(true);
  }

  private static void set(List<String> words, String setting) {
    words.add("-c");
    words.add(setting);
  }

  /** Settings meant for somebody's other PostgreSQL must not reach ours. */
  private static ProcessBuilder process(List<String> words) {
    var process = new ProcessBuilder(words);
    var environment = process.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LD_"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return process;
  }
}
