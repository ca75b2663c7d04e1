package org.consilium.records.note.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.http.Json;
import org.consilium.records.note.chain.NoteChain;
import org.consilium.records.text.CanonicalJson;

/**
 * Re-checks signed versions: hash, signature, and that every column says what the signed bytes say,
 * which any thread may do for any row; and their places in the chain, one after the other.
 *
 * <p>It sees any change to a row, a row taken out of the middle of a chain and one slipped in. The
 * end of a chain that was cut off is only seen against the trail or a head that was kept elsewhere.
 */
public final class NoteVerifier {
  private final Map<String, PublicKey> keys;
  private UUID consult;
  private int version;
  private Optional<byte[]> head = Optional.empty();

  /** {@code keys} by key id, those of before a rotation too. */
  public NoteVerifier(Map<String, PublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * What is wrong with this row's place; empty when it holds. Rows come by organisation, consult
   * and version.
   */
  public List<String> checkPlace(KeptVersion row) {
    var wrong = new ArrayList<String>();
    if (!row.consult().equals(consult)) {
      consult = row.consult();
      version = 0;
      head = Optional.empty();
    }
    if (row.version() != version + 1) {
      wrong.add("version %d follows %d: a row is missing".formatted(row.version(), version));
    }
    if (!Arrays.equals(row.previousSha256().orElse(null), head.orElse(null))) {
      wrong.add("it does not follow the version before it");
    }
    version = row.version();
    head = Optional.of(row.sha256());
    return List.copyOf(wrong);
  }

  /** What is wrong with this row whatever stands before it; empty when all holds. */
  public List<String> checkAlone(KeptVersion row) {
    var wrong = new ArrayList<String>();
    if (!Arrays.equals(row.sha256(), NoteChain.hash(row.previousSha256(), row.canonical()))) {
      wrong.add("the signed bytes do not have the kept hash");
    }
    signature(row.keyId(), row.sha256(), row.signature(), "the signature", wrong);
    try {
      columns(row, Json.MAPPER.readTree(row.canonical()), wrong);
    } catch (IOException e) {
      wrong.add("the signed bytes are no JSON");
    }
    row.coSignature().ifPresent(signed -> coSignature(row, signed, wrong));
    return List.copyOf(wrong);
  }

  private void signature(
      String keyId, byte[] hash, byte[] signed, String what, List<String> wrong) {
    var key = keys.get(keyId);
    if (key == null) {
      wrong.add(what + " is of the unknown key " + keyId);
      return;
    }
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(hash);
      if (!check.verify(signed)) {
        wrong.add(what + " is not that of key " + keyId);
      }
    } catch (GeneralSecurityException e) {
      wrong.add(what + " cannot be read: " + e.getMessage());
    }
  }

  /** Every column against the signed bytes: what is shown is what was signed. */
  private static void columns(KeptVersion row, JsonNode signed, List<String> wrong)
      throws JsonProcessingException {
    same("id", row.id(), signed.path("id"), wrong);
    same("consult", row.consult(), signed.path("consult"), wrong);
    same("organisation", row.organisation(), signed.path("organisation"), wrong);
    same("version", row.version(), signed.path("version"), wrong);
    same("author", row.authorId(), signed.at("/author/id"), wrong);
    same("key", row.keyId(), signed.path("keyId"), wrong);
    // Before there were several kinds, all were notes.
    same("kind", Optional.of(row.kind()), signed.path("kind"), "note", wrong);
    same("amended note", row.amends(), signed.at("/amends/note"), "", wrong);
    same("reason", row.reason(), signed.at("/amends/reason"), "", wrong);
    same("reason", row.reasonText(), signed.at("/amends/reasonText"), "", wrong);
    same(
        "shown text",
        row.shownSha256().map(HexFormat.of()::formatHex),
        signed.path("shownSha256"),
        "",
        wrong);
    if (!row.signedAt().equals(instant(signed.path("signedAt")))) {
      wrong.add("the time is not the signed one");
    }
    boolean retracts = row.kind().equals("retraction");
    if (row.needsCoSignature() != (!retracts && signed.at("/author/trainee").asBoolean())) {
      wrong.add("whether it needs a co-signature is not as signed");
    }
    same("author's credentials", tree(row.author()), signed.path("author"), wrong);
    same("text", tree(row.content()), signed.path("content"), wrong);
    recommendations(row, signed.path("recommendations"), wrong);
    warnings(row, signed.path("warnings"), wrong);
  }

  private static void recommendations(KeptVersion row, JsonNode signed, List<String> wrong)
      throws JsonProcessingException {
    if (row.recommendations().size() != signed.size()) {
      wrong.add("a recommendation was added or taken away");
      return;
    }
    for (int i = 0; i < signed.size(); i++) {
      var kept = tree(row.recommendations().get(i));
      same(
          "recommendation " + (i + 1),
          kept.path("id").asText(),
          signed.at("/%d/id".formatted(i)),
          wrong);
      same(
          "recommendation " + (i + 1),
          KeptRecommendation.content(kept),
          KeptRecommendation.signed(signed.get(i).path("content")),
          wrong);
    }
  }

  private static void warnings(KeptVersion row, JsonNode signed, List<String> wrong)
      throws JsonProcessingException {
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (var warning : row.warnings()) {
      var node = (ObjectNode) tree(warning);
      if (node.path("reason").isNull()) {
        node.remove("reason");
      }
      kept.add(node);
    }
    same("warnings", kept, signed.isMissingNode() ? Json.MAPPER.createArrayNode() : signed, wrong);
  }

  private void coSignature(KeptVersion row, KeptVersion.CoSignature signed, List<String> wrong) {
    if (!Arrays.equals(signed.sha256(), Secrets.sha256(signed.canonical()))) {
      wrong.add("the co-signed bytes do not have the kept hash");
    }
    signature(signed.keyId(), signed.sha256(), signed.signature(), "the co-signature", wrong);
    try {
      var document = Json.MAPPER.readTree(signed.canonical());
      same("co-signed note", row.id(), document.path("note"), wrong);
      same("co-signer", signed.signer(), document.at("/signer/id"), wrong);
      same(
          "co-signed version",
          HexFormat.of().formatHex(row.sha256()),
          document.path("noteSha256"),
          wrong);
      if (!signed.signedAt().equals(instant(document.path("signedAt")))) {
        wrong.add("the time of the co-signature is not the signed one");
      }
    } catch (IOException e) {
      wrong.add("the co-signed bytes are no JSON");
    }
  }

  private static void same(String what, Object kept, JsonNode signed, List<String> wrong) {
    if (!signed.asText().equals(kept.toString())) {
      wrong.add("the %s is not the signed one".formatted(what));
    }
  }

  private static void same(
      String what, Optional<?> kept, JsonNode signed, String absent, List<String> wrong) {
    var said = signed.isMissingNode() ? absent : signed.asText();
    if (!kept.map(Object::toString).orElse("").equals(said)) {
      wrong.add("the %s is not the signed one".formatted(what));
    }
  }

  private static void same(String what, JsonNode kept, JsonNode signed, List<String> wrong) {
    if (!Arrays.equals(CanonicalJson.bytes(kept), CanonicalJson.bytes(signed))) {
      wrong.add("the %s is not the signed one".formatted(what));
    }
  }

  private static JsonNode tree(String json) throws JsonProcessingException {
    return Json.MAPPER.readTree(json);
  }

  private static Instant instant(JsonNode text) {
    try {
      return Instant.parse(text.asText());
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
