package org.consilium.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.testing.TestClock;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private final Signer signer = Signer.ephemeral();
  private final TestClock clock = new TestClock(NOON);
  private final Tokens tokens = new Tokens(signer, null, null, null, clock);
  private final MembershipId membership = MembershipId.random();

  private final UUID family = UUID.randomUUID();

  private JwtBuilder token() {
    return Jwts.builder()
        .issuer("consilium")
        .audience()
        .add("consilium-api")
        .and()
        .claim("membership", membership.toString())
        .claim("family", family.toString())
        .expiration(Date.from(NOON.plusSeconds(60)));
  }

  private String signed(JwtBuilder token) {
    return token.signWith(signer.privateKey(), Jwts.SIG.EdDSA).compact();
  }

  @Test
  void a_good_token_names_its_membership_until_it_expires() {
    var good = signed(token());
    assertThat(tokens.signIn(good)).contains(new SignIn(family, membership));
    clock.advance(Duration.ofSeconds(61));
    assertThat(tokens.signIn(good)).isEmpty();
  }

  @Test
  void an_unsigned_token_is_nobodys() {
    assertThat(tokens.signIn(token().compact())).isEmpty();
    var payload = signed(token()).split("\\.")[1];
    var none = base64("{\"alg\":\"none\"}");
    assertThat(tokens.signIn(none + "." + payload + ".")).isEmpty();
    assertThat(tokens.signIn(none + "." + payload)).isEmpty();
  }

  @Test
  void another_key_or_algorithm_is_nobodys() {
    var other = token().signWith(Signer.ephemeral().privateKey(), Jwts.SIG.EdDSA).compact();
    assertThat(tokens.signIn(other)).isEmpty();
    // The public key taken as a shared secret: the oldest of tricks.
    var secret = new SecretKeySpec(signer.publicKey().getEncoded(), "HmacSHA256");
    assertThat(tokens.signIn(token().signWith(secret, Jwts.SIG.HS256).compact())).isEmpty();
  }

  @Test
  void another_audience_or_issuer_is_nobodys() {
    var relay = token().audience().remove("consilium-api").add("relay").and();
    assertThat(tokens.signIn(signed(relay))).isEmpty();
    assertThat(tokens.signIn(signed(token().issuer("somebody")))).isEmpty();
  }

  @Test
  void changed_or_senseless_text_is_nobodys() {
    var parts = signed(token()).split("\\.");
    var changed = base64("{\"iss\":\"consilium\",\"aud\":[\"consilium-api\"]}");
    assertThat(tokens.signIn(parts[0] + "." + changed + "." + parts[2])).isEmpty();
    assertThat(tokens.signIn("")).isEmpty();
    assertThat(tokens.signIn("a.b.c")).isEmpty();
    assertThat(tokens.signIn(signed(token().claim("membership", null)))).isEmpty();
    assertThat(tokens.signIn(signed(token().claim("family", null)))).isEmpty();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
