package org.consilium.platform.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Signs with one Ed25519 key (RFC 8032) that this server holds: tamper evidence and attribution,
 * not a qualified personal signature.
 */
public final class Signer {
  private static final String ALGORITHM = "Ed25519";

  private final KeyPair keys;
  private final String keyId;

  private Signer(KeyPair keys) {
    this.keys = keys;
    this.keyId = keyId(keys.getPublic().getEncoded());
  }

  /** A key that lives as long as this object. */
  public static Signer ephemeral() {
    try {
      return new Signer(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key kept in {@code folder}, made there (mode 600) when it is the first start. */
  public static Signer keptIn(Path folder) {
    var file = folder.resolve("ed25519.key");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        var made = ephemeral().keys;
        var fresh =
            Files.createTempFile(
                folder,
                "key",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
            fresh,
            base64(made.getPrivate().getEncoded()) + "\n" + base64(made.getPublic().getEncoded()));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      var lines = Files.readAllLines(file);
      var factory = KeyFactory.getInstance(ALGORITHM);
      var kept =
          new Signer(
              new KeyPair(
                  factory.generatePublic(
                      new X509EncodedKeySpec(Base64.getDecoder().decode(lines.get(1)))),
                  factory.generatePrivate(
                      new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(0))))));
      var probe = new byte[] {1};
      if (!kept.verify(probe, kept.sign(probe))) {
        throw new IllegalStateException("the two halves do not belong together");
      }
      kept.publish(folder.resolve("public"));
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("The signing key " + file + " cannot be read.", e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException("The signing key " + file + " is damaged.", e);
    }
  }

  /**
   * Leaves the public half under the key's name, to stay when another key takes over: what was
   * signed with it is checked with it for ever.
   */
  private void publish(Path folder) throws IOException {
    var file = folder.resolve(keyId + ".pub");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Files.writeString(file, base64(keys.getPublic().getEncoded()) + "\n");
    }
  }

  /**
   * The public keys that {@link #keptIn} has left in {@code <folder>/public}, by key id. A file
   * whose key has another name is refused.
   */
  public static Map<String, PublicKey> publicKeys(Path folder) {
    var keys = new HashMap<String, PublicKey>();
    try (var files = Files.newDirectoryStream(folder, "*.pub")) {
      for (var file : files) {
        var name = file.getFileName().toString().replace(".pub", "");
        keys.put(name, publicKey(name, Files.readString(file)));
      }
      return Map.copyOf(keys);
    } catch (IOException e) {
      throw new UncheckedIOException("The public keys in " + folder + " cannot be read.", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("In " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * The public key that a file {@code <name>.pub} holds.
   *
   * @throws IllegalArgumentException when it holds none, or one of another name
   */
  public static PublicKey publicKey(String name, String text) {
    byte[] bytes;
    PublicKey key;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
      key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("The public key " + name + " is damaged.", e);
    }
    if (!keyId(bytes).equals(name)) {
      throw new IllegalArgumentException(name + ".pub holds the key " + keyId(bytes) + ".");
    }
    return key;
  }

  private static String keyId(byte[] publicKey) {
    return HexFormat.of().formatHex(Secrets.sha256(publicKey)).substring(0, 16);
  }

  /** Names the key: the first 16 hex digits of the public key's SHA-256. */
  public String keyId() {
    return keyId;
  }

  public byte[] sign(byte[] message) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean verify(byte[] message, byte[] signed) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(keys.getPublic());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  public PublicKey publicKey() {
    return keys.getPublic();
  }

  /** For the library that signs bearer tokens. */
  public PrivateKey privateKey() {
    return keys.getPrivate();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
