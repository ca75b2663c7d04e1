package org.consilium.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.consilium.platform.http.Refusal;

/**
 * Argon2id (RFC 9106) in the PHC string format. The work is done by two threads of its own behind a
 * short queue: guessing at full speed cannot take the processor away from consults.
 */
public final class PasswordHash {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int THREADS = 2;

  /**
   * Who waits here holds a database connection; together with {@link #THREADS} well below the
   * number there are, so that a flood of sign-ins leaves consults their connections.
   */
  private static final int QUEUE_MAX = 8;

  /** Of those places; the rest is kept for devices that are known, however many strangers come. */
  private static final Semaphore STRANGERS = new Semaphore(6);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ThreadPoolExecutor WORKERS =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE_MAX),
          Thread.ofPlatform().daemon().name("password-", 0).factory());

  static {
    WORKERS.allowCoreThreadTimeOut(true);
  }

  private PasswordHash() {}

  /** A new hash of a password, with its own salt. */
  public static String of(String password) {
    return inTurn(() -> {
      var salt = new byte[SALT_BYTES];
      RANDOM.nextBytes(salt);
      return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(
              MEMORY_KIB,
              PASSES,
              LANES,
              base64(salt),
              base64(hash(password, salt, MEMORY_KIB, PASSES, LANES)));
    });
  }

  /** Whether {@code password} is the one that was hashed; a malformed hash matches nothing. */
  public static boolean matches(String password, String phc) {
    return inTurn(() -> matchesInTurn(password, phc));
  }

  /** The same for somebody of whom nothing is known: at most some of them at a time. */
  public static boolean matchesForStranger(String password, String phc) {
    if (!STRANGERS.tryAcquire()) {
      throw busy(null);
    }
    try {
      return matches(password, phc);
    } finally {
      STRANGERS.release();
    }
  }

  private static boolean matchesInTurn(String password, String phc) {
    try {
      var parts = phc.split("\\$");
      if (parts.length != 6 || !parts[1].equals("argon2id")) {
        return false;
      }
      var costs = parts[3].split("[=,]");
      var salt = Base64.getDecoder().decode(parts[4]);
      var computed =
          hash(
              password,
              salt,
              Integer.parseInt(costs[1]),
              Integer.parseInt(costs[3]),
              Integer.parseInt(costs[5]));
      return MessageDigest.isEqual(computed, Base64.getDecoder().decode(parts[5]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
      return false;
    }
  }

  private static <T> T inTurn(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, WORKERS).join();
    } catch (RejectedExecutionException full) {
      throw busy(full);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static Refusal busy(Throwable cause) {
    return Refusal.unavailable(
        "sign-in-busy", "Too many people are signing in just now; try again shortly.", 2, cause);
  }

  private static byte[] hash(String password, byte[] salt, int memoryKib, int passes, int lanes) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
