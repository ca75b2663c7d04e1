package org.consilium.scheduling.catalogue;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.catalogue.Catalogue.Named;
import org.consilium.scheduling.catalogue.Catalogue.Specialty;
import org.consilium.scheduling.catalogue.Catalogue.UrgencyTargets;

/** All SQL about the catalogue. Tables from V001__catalogue.sql. */
public final class CatalogueStore {
  private static final String SPECIALTIES =
      "SELECT code, label, parent, age_groups FROM scheduling.specialty ORDER BY label";
  private static final String LANGUAGES =
      "SELECT code, label FROM scheduling.language ORDER BY label";
  private static final String REASONS =
      "SELECT code, label FROM scheduling.refusal_reason ORDER BY position";
  private static final String NEWEST =
      "SELECT max(version) AS version FROM scheduling.urgency_target";
  private static final String TARGETS =
      """
      SELECT code, label, meaning, triage_minutes, accept_minutes, answer_minutes, offer_minutes,
             offers_at_once, reach_hours
        FROM scheduling.urgency_target WHERE version = $1 ORDER BY position
      """;

  /** What new consults are opened under. */
  public Catalogue newest(Tx tx) {
    return version(tx, tx.one(NEWEST).orElseThrow().getInteger("version"));
  }

  /** The words of today with the target times of {@code version}. */
  public Catalogue version(Tx tx, int version) {
    return new Catalogue(
        version,
        tx.list(SPECIALTIES, CatalogueStore::specialty),
        tx.list(LANGUAGES, CatalogueStore::named),
        tx.list(TARGETS, CatalogueStore::targets, version),
        tx.list(REASONS, CatalogueStore::named));
  }

  private static Specialty specialty(Row row) {
    return new Specialty(
        row.getString("code"),
        row.getString("label"),
        Optional.ofNullable(row.getString("parent")),
        ageGroups(row.getArrayOfStrings("age_groups")));
  }

  private static List<AgeGroup> ageGroups(String[] codes) {
    return Stream.of(codes).map(code -> Wire.parse(AgeGroup.class, code)).toList();
  }

  private static Named named(Row row) {
    return new Named(row.getString("code"), row.getString("label"));
  }

  private static UrgencyTargets targets(Row row) {
    return new UrgencyTargets(
        Wire.parse(Urgency.class, row.getString("code")),
        row.getString("label"),
        row.getString("meaning"),
        row.getInteger("triage_minutes"),
        row.getInteger("accept_minutes"),
        row.getInteger("answer_minutes"),
        row.getInteger("offer_minutes"),
        row.getInteger("offers_at_once"),
        row.getInteger("reach_hours"));
  }
}
