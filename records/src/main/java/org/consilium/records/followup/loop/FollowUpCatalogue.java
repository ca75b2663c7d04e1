package org.consilium.records.followup.loop;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.OrganisationId;

/**
 * Rules and words of follow-up: a network's own newest version, else the one that comes with this
 * build. Tables: {@code records.follow_up_rules} and {@code records.follow_up_words}, from
 * V013__follow_up_loop.sql.
 */
public final class FollowUpCatalogue {
  private static final String SHIPPED = "2026-1";

  /** In which everything is said that has no words of its own. */
  static final String ENGLISH = "en";

  private static final String RULES =
      """
      SELECT content FROM records.follow_up_rules
       WHERE (organisation_id = $1 OR organisation_id IS NULL) AND in_force_from <= $2
       ORDER BY organisation_id NULLS LAST, in_force_from DESC, version DESC LIMIT 1
      """;
  private static final String RULES_OF =
      """
      SELECT content FROM records.follow_up_rules
       WHERE (organisation_id = $1 OR organisation_id IS NULL) AND version = $2
       ORDER BY organisation_id NULLS LAST LIMIT 1
      """;
  private static final String WORDS =
      """
      SELECT DISTINCT ON (language) language, content FROM records.follow_up_words
       WHERE (organisation_id = $1 OR organisation_id IS NULL) AND in_force_from <= $2
       ORDER BY language, organisation_id NULLS LAST, in_force_from DESC, version DESC
      """;
  private static final String ADD_RULES =
      """
      INSERT INTO records.follow_up_rules (organisation_id, version, content, in_force_from)
      VALUES (NULL, $1, $2, $3) ON CONFLICT DO NOTHING
      """;
  private static final String ADD_WORDS =
      """
      INSERT INTO records.follow_up_words (organisation_id, version, language, content,
                                           in_force_from)
      VALUES (NULL, $1, $2, $3, $4) ON CONFLICT DO NOTHING
      """;

  /** The rules that come with this build. */
  public static FollowUpRules shipped() {
    return Json.read(bytes("follow-up-"), FollowUpRules.class);
  }

  /** The words that come with this build, by language. */
  public static Map<String, FollowUpWords> shippedWords() {
    var words = new LinkedHashMap<String, FollowUpWords>();
    new JsonObject(text("follow-up-words-"))
        .forEach(entry ->
            words.put(
                entry.getKey(),
                Json.read(
                    ((JsonObject) entry.getValue()).toBuffer().getBytes(), FollowUpWords.class)));
    return words;
  }

  /** Adds the shipped versions to the tables, where they were not yet. */
  public static void load(Tx tx) {
    tx.run(ADD_RULES, SHIPPED, new JsonObject(text("follow-up-")), tx.now());
    new JsonObject(text("follow-up-words-"))
        .forEach(entry ->
            tx.run(ADD_WORDS, SHIPPED, entry.getKey(), (JsonObject) entry.getValue(), tx.now()));
  }

  /** The rules that are in force for an organisation now. */
  FollowUpRules rules(Tx tx, OrganisationId organisation) {
    return tx.one(RULES, organisation, tx.now())
        .map(FollowUpCatalogue::rules)
        .orElseThrow(() -> new IllegalStateException("no rules of follow-up are in force"));
  }

  /** The rules under which a check was set. */
  FollowUpRules rules(Tx tx, OrganisationId organisation, String version) {
    return tx.one(RULES_OF, organisation, version)
        .map(FollowUpCatalogue::rules)
        .orElseGet(() -> rules(tx, organisation));
  }

  /** The words that are in force for an organisation now, by language. */
  Map<String, FollowUpWords> words(Tx tx, OrganisationId organisation) {
    var words = new LinkedHashMap<String, FollowUpWords>();
    for (var row : tx.rows(WORDS, organisation, tx.now())) {
      words.put(row.getString("language"), Rows.json(row, "content", FollowUpWords.class));
    }
    return words;
  }

  /** The best there is for a language tag: its own, that of its main language, else English. */
  static String best(Map<String, FollowUpWords> words, String tag) {
    var main = tag.split("-", 2)[0];
    return words.containsKey(tag) ? tag : words.containsKey(main) ? main : ENGLISH;
  }

  private static FollowUpRules rules(Row row) {
    return Rows.json(row, "content", FollowUpRules.class);
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    var file = "catalogue/" + name + SHIPPED + ".json";
    try (var in = FollowUpCatalogue.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
