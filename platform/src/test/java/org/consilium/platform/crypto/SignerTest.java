package org.consilium.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {
  private static final byte[] MESSAGE = "rest, fluids, come back on Monday".getBytes();

  @TempDir Path folder;

  @Test
  void the_kept_key_is_the_same_after_a_restart_and_readable_by_its_owner_only()
      throws IOException {
    var first = Signer.keptIn(folder.resolve("keys"));
    var again = Signer.keptIn(folder.resolve("keys"));
    assertThat(again.keyId()).isEqualTo(first.keyId()).hasSize(16);
    assertThat(again.verify(MESSAGE, first.sign(MESSAGE))).isTrue();
    var file = folder.resolve("keys/ed25519.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("keys"))) {
      assertThat(files).containsExactlyInAnyOrder(file, folder.resolve("keys/public"));
    }
  }

  @Test
  void a_changed_message_signature_or_key_does_not_verify() {
    var signer = Signer.ephemeral();
    var signature = signer.sign(MESSAGE);
    assertThat(signer.verify("rest".getBytes(), signature)).isFalse();
    assertThat(Signer.ephemeral().verify(MESSAGE, signature)).isFalse();
    signature[10] ^= 1;
    assertThat(signer.verify(MESSAGE, signature)).isFalse();
    assertThat(signer.verify(MESSAGE, new byte[3])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one line", "!!!\n???", "AAAA\nAAAA"})
  void a_damaged_file_is_never_replaced_by_a_new_key(String content) throws IOException {
    var file = folder.resolve("ed25519.key");
    Files.writeString(file, content);
    assertThatThrownBy(() -> Signer.keptIn(folder))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged");
    assertThat(file).hasContent(content);
  }

  @Test
  void two_halves_of_different_keys_are_damage() throws IOException {
    Signer.keptIn(folder.resolve("a"));
    Signer.keptIn(folder.resolve("b"));
    var a = Files.readAllLines(folder.resolve("a/ed25519.key"));
    var b = Files.readAllLines(folder.resolve("b/ed25519.key"));
    Files.writeString(folder.resolve("ed25519.key"), a.get(0) + "\n" + b.get(1));
    assertThatThrownBy(() -> Signer.keptIn(folder)).hasMessageContaining("damaged");
  }

  @Test
  void what_an_old_key_signed_is_checked_after_another_took_over() throws IOException {
    var old = Signer.keptIn(folder);
    Files.delete(folder.resolve("ed25519.key"));
    var current = Signer.keptIn(folder);
    assertThat(Signer.publicKeys(folder.resolve("public")))
        .containsOnlyKeys(old.keyId(), current.keyId())
        .containsEntry(old.keyId(), old.publicKey());
    Files.move(
        folder.resolve("public").resolve(old.keyId() + ".pub"),
        folder.resolve("public").resolve("0123456789abcdef.pub"));
    assertThatThrownBy(() -> Signer.publicKeys(folder.resolve("public")))
        .hasMessageContaining(old.keyId());
  }
}
