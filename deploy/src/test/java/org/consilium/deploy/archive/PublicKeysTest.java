package org.consilium.deploy.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import org.consilium.platform.crypto.Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicKeysTest {
  @TempDir Path folder;

  private final Signer signer = Signer.ephemeral();

  private Map<String, byte[]> keyNamed(String id) {
    var text = Base64.getEncoder().encodeToString(signer.publicKey().getEncoded()) + "\n";
    return Map.of(id + ".pub", text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void a_key_counts_when_the_import_is_kept_and_not_before() throws Exception {
    PublicKeys.put(
        keyNamed(signer.keyId()),
        folder,
        () -> assertThat(Signer.publicKeys(folder)).as("before the commit").isEmpty());
    assertThat(Signer.publicKeys(folder)).containsOnlyKeys(signer.keyId());
  }

  @Test
  void nothing_stays_of_an_import_that_is_not_kept() {
    assertThatThrownBy(() ->
            PublicKeys.put(
                keyNamed(signer.keyId()),
                folder,
                () -> {
                  throw new SQLException("the database went away");
                }))
        .isInstanceOf(SQLException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_key_under_the_name_of_another_is_refused_before_anything_is_kept() {
    for (var name : new String[] {Signer.ephemeral().keyId(), "../" + signer.keyId(), ""}) {
      assertThatThrownBy(() ->
              PublicKeys.put(
                  keyNamed(name),
                  folder,
                  () -> {
                    throw new AssertionError("kept");
                  }))
          .isInstanceOf(ArchiveFailed.class)
          .hasMessageContaining("not the key that its name says");
      assertThat(folder).isEmptyDirectory();
    }
  }
}
