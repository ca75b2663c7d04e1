package org.consilium.records;

import static org.consilium.records.Clinic.require;

import com.fasterxml.jackson.databind.JsonNode;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.http.Json;
import org.consilium.platform.testing.TestPerson;

/** Another system with a key of its own, as an administrator has registered it. */
record SmartProgram(FhirClient fhir, KeyPair keys, String id) {
  static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  record Reply(int status, JsonNode body) {}

  static Map<String, Object> jwk(KeyPair keys) {
    try {
      var text = Json.MAPPER.writeValueAsString(Jwks.builder().key(keys.getPublic()).build());
      return Json.MAPPER.readValue(text, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SmartProgram register(
      FhirClient fhir, TestPerson administrator, KeyPair keys, String... scopes) {
    var clinic = fhir.clinic();
    var asked =
        Map.of(
            "name",
            "Hospital exchange",
            "publicKey",
            jwk(keys),
            "scopes",
            List.of(scopes),
            "expiresAt",
            clinic.world.clock().instant().plus(Duration.ofDays(365)).toString());
    var shown = require(clinic.http.as(administrator).post("/programs", asked), 201);
    return new SmartProgram(fhir, keys, shown.body().path("id").asText());
  }

  String audience() {
    return fhir.clinic().http.url("/oauth/token").toString();
  }

  /** A good assertion; tests make it worse. */
  String assertion(String jti, Instant expires, String audience) {
    return Jwts.builder()
        .issuer(id)
        .subject(id)
        .audience()
        .add(audience)
        .and()
        .id(jti)
        .expiration(Date.from(expires))
        .signWith(keys.getPrivate())
        .compact();
  }

  String assertion() {
    var soon = fhir.clinic().world.clock().instant().plusSeconds(120);
    return assertion(UUID.randomUUID().toString(), soon, audience());
  }

  Reply ask(String assertion, String scope) {
    return form(
        Map.of(
            "grant_type",
            "client_credentials",
            "client_assertion_type",
            ASSERTION_TYPE,
            "client_assertion",
            assertion,
            "scope",
            scope));
  }

  Reply form(Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var response =
        fhir.bytes(
            HttpRequest.newBuilder(fhir.clinic().http.url("/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    try {
      return new Reply(response.statusCode(), Json.MAPPER.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A token for all that the program may. */
  String token() {
    var reply = ask(assertion(), "");
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
    return reply.body().path("access_token").asText();
  }

  HttpRequest.Builder to(String token, String path) {
    return fhir.to(path).header("Authorization", "Bearer " + token);
  }

  FhirClient.Reply get(String token, String path) {
    return fhir.send(to(token, path).GET());
  }
}
