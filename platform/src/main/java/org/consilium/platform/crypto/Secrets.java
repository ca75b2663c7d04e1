package org.consilium.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Random tokens, and the hashes under which the database knows them. */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private Secrets() {}

  /** A new token of 256 random bits, base64url without padding (43 characters). */
  public static String token() {
    return text(random());
  }

  /** Whether it looks like one of {@link #token}. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** 256 random bits. */
  public static byte[] random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Base64url without padding. */
  public static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
