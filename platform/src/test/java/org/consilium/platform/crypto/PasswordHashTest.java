package org.consilium.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final String PASSWORD = "ngoja kidogo – 待って";
  private static final String HASH = PasswordHash.of(PASSWORD);

  @Test
  void the_password_matches_and_no_other_does() {
    assertThat(PasswordHash.matches(PASSWORD, HASH)).isTrue();
    assertThat(PasswordHash.matches(PASSWORD + " ", HASH)).isFalse();
    assertThat(PasswordHash.matches("", HASH)).isFalse();
  }

  @Test
  void the_costs_are_written_in_the_hash_and_every_salt_is_new() {
    assertThat(HASH).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PasswordHash.of(PASSWORD)).isNotEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$2y$10$abc",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAA",
        "$argon2id$v=19$m=x,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=19456$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$!!!$AAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA"
      })
  void a_malformed_hash_matches_nothing(String hash) {
    assertThat(PasswordHash.matches(PASSWORD, hash)).isFalse();
  }
}
