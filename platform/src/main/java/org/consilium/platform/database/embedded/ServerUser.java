package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL runs, since it refuses to be root, and what ties its life to this JVM.
 *
 * @param uid the owner that its files must have
 * @param command the words that go before the program's own
 */
record ServerUser(int uid, List<String> command) {
  /** The user "nobody" of every Linux: owns nothing. */
  private static final int NOBODY = 65_534;

  /**
   * The program becomes a session leader, so Ctrl-C in a terminal reaches only the JVM, which stops
   * its database last; and the kernel interrupts it when the thread that started it ends, however
   * that came. These words stand innermost: the kernel forgets the wish when credentials change.
   */
  private static final List<String> TIED = List.of("setsid", "setpriv", "--pdeathsig", "INT");

  private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U");

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  /** Finds the way that this machine allows. */
  static ServerUser find() throws IOException {
    int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!works(TIED)) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL needs the commands setsid and setpriv: install the package util-linux, or name a server with CONSILIUM_DATABASE_URL.");
    }
    if (self != 0) {
      return new ServerUser(self, TIED);
    }
    // In a user namespace of its own, root looks like nobody to itself and keeps its files.
    if (works(OWN_NAMESPACE)) {
      return new ServerUser(0, join(OWN_NAMESPACE, TIED));
    }
    // Hardened containers bar namespaces but let root step down.
    if (works(AS_NOBODY)) {
      return new ServerUser(NOBODY, join(AS_NOBODY, TIED));
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL refuses to run as root, and this machine allows neither unshare nor setpriv --reuid: start Consilium as another user, or name a server with CONSILIUM_DATABASE_URL.");
  }

  /** A command that runs {@code program} so. */
  List<String> running(Path program, List<String> arguments) {
    return join(command, List.of(program.toString()), arguments);
  }

  /** Gives this user {@code path} and all below it, unless it is the owner already. */
  void owns(Path path) throws IOException {
    if (!Files.getAttribute(path, "unix:uid").equals(uid)) {
      FileTree.own(path, uid);
    }
  }

  /** Lets this user pass through {@code folder} to what it owns there. */
  void mayEnter(Path folder) throws IOException {
    if (uid == NOBODY) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static boolean works(List<String> command) {
    try {
      return new ProcessBuilder(join(command, List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    var all = new ArrayList<String>();
    for (var part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
