package org.consilium.records.referral;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about referrals. Tables: {@code records.referral}, {@code records.referral_news} (both
 * insert only), from V008__referral.sql.
 */
public final class ReferralStore {
  private static final String ADD =
      """
      INSERT INTO records.referral (organisation_id, id, consult_id, to_facility, to_service, urgency,
          content, canonical, sha256, signature, key_id, signed_by, author, signed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  private static final String OF =
      """
      SELECT id, content, canonical, sha256, signature, key_id, author, signed_at
        FROM records.referral WHERE organisation_id = $1 AND consult_id = $2
       ORDER BY signed_at DESC, id DESC
      """;

  private static final String NEWS =
      """
      SELECT referral_id, status, text, recorded_by, recorded_at
        FROM records.referral_news WHERE organisation_id = $1 AND consult_id = $2 ORDER BY seq DESC
      """;

  private static final String ADD_NEWS =
      """
      INSERT INTO records.referral_news (organisation_id, id, consult_id, referral_id, status, text,
          recorded_by, recorded_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  void add(Tx tx, Standing standing, Referral.Signed referral) {
    var content = referral.content();
    tx.run(
        ADD,
        standing.owner(),
        referral.id(),
        standing.consult(),
        content.toFacility(),
        content.toService().orElse(null),
        content.urgency(),
        json(content),
        referral.canonical(),
        referral.sha256(),
        referral.signature(),
        referral.keyId(),
        referral.author().id(),
        json(referral.author()),
        referral.signedAt());
  }

  /** The consult's referrals with their news, the newest first. */
  List<Referral.Followed> of(Tx tx, Standing standing) {
    Map<UUID, List<Referral.News>> news = new LinkedHashMap<>();
    for (var row : tx.rows(NEWS, standing.owner(), standing.consult())) {
      news.computeIfAbsent(row.getUUID("referral_id"), _ -> new ArrayList<>()).add(news(row));
    }
    return tx.list(OF, ReferralStore::signed, standing.owner(), standing.consult()).stream()
        .map(referral ->
            new Referral.Followed(referral, news.getOrDefault(referral.id().value(), List.of())))
        .toList();
  }

  void addNews(
      Tx tx, Standing standing, ReferralId id, Referral.Status status, Optional<String> text) {
    tx.run(
        ADD_NEWS,
        standing.owner(),
        Uuid7.next(),
        standing.consult(),
        id,
        status,
        text.orElse(null),
        tx.caller().account(),
        tx.now());
  }

  private static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }

  private static Referral.News news(Row row) {
    return new Referral.News(
        Wire.parse(Referral.Status.class, row.getString("status")),
        Optional.ofNullable(row.getString("text")),
        new AccountId(row.getUUID("recorded_by")),
        Rows.instant(row, "recorded_at"));
  }

  private static Referral.Signed signed(Row row) {
    return new Referral.Signed(
        new ReferralId(row.getUUID("id")),
        Rows.json(row, "content", Referral.Content.class),
        Rows.json(row, "author", Referral.Author.class),
        Rows.instant(row, "signed_at"),
        row.getBuffer("canonical").getBytes(),
        row.getBuffer("sha256").getBytes(),
        row.getBuffer("signature").getBytes(),
        row.getString("key_id"));
  }
}
