package org.consilium.scheduling.volunteer;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/** All SQL about volunteers. Tables from V002__volunteer_and_roster.sql. */
public final class VolunteerStore {
  private static final String SELECT =
      """
      SELECT v.account_id, v.organisation_id, v.kind, v.country, v.status, v.weekly_cap, v.red_calls,
             coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'level', l.level)
                                        ORDER BY l.level, l.language)
                         FROM scheduling.volunteer_language l WHERE l.account_id = v.account_id),
                      '[]') AS languages,
             coalesce((SELECT jsonb_agg(jsonb_build_object('specialty', s.specialty,
                                                           'ageGroups', to_jsonb(s.age_groups))
                                        ORDER BY s.specialty)
                         FROM scheduling.volunteer_specialty s WHERE s.account_id = v.account_id),
                      '[]') AS fields,
             coalesce((SELECT jsonb_agg(jsonb_build_object('country', c.country, 'number', c.number,
                                                           'validUntil', c.valid_until)
                                        ORDER BY c.country, c.number)
                         FROM scheduling.volunteer_licence c WHERE c.account_id = v.account_id),
                      '[]') AS licences
        FROM scheduling.volunteer v
      """;
  private static final String ALL = SELECT + " WHERE v.status <> 'ended' ORDER BY v.account_id";
  private static final String ONE = SELECT + " WHERE v.account_id = $1";

  private static final String INSERT =
      """
      INSERT INTO scheduling.volunteer (account_id, organisation_id, kind, country, status,
                                        weekly_cap, red_calls, registered_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account_id) DO NOTHING
      """;
  private static final String LANGUAGE =
      "INSERT INTO scheduling.volunteer_language (account_id, language, level) VALUES ($1, $2, $3)";
  private static final String FIELD =
      """
      INSERT INTO scheduling.volunteer_specialty (account_id, specialty, age_groups)
      VALUES ($1, $2, $3)
      """;
  private static final String LICENCE =
      """
      INSERT INTO scheduling.volunteer_licence (account_id, country, number, valid_until)
      VALUES ($1, $2, $3, $4)
      """;
  private static final String LIMITS =
      "UPDATE scheduling.volunteer SET weekly_cap = $2, red_calls = $3 WHERE account_id = $1";

  /** Everybody who has not left. */
  public List<Volunteer> all(Tx tx) {
    return tx.list(ALL, VolunteerStore::volunteer);
  }

  public Optional<Volunteer> find(Tx tx, AccountId account) {
    return tx.one(ONE, account).map(VolunteerStore::volunteer);
  }

  boolean insert(Tx tx, Volunteer v) {
    int inserted =
        tx.run(
            INSERT,
            v.account(),
            v.organisation(),
            v.kind(),
            v.country(),
            v.status(),
            v.weeklyCap(),
            v.redCalls(),
            tx.now());
    if (inserted == 0) {
      return false;
    }
    v.languages().forEach(l -> tx.run(LANGUAGE, v.account(), l.language(), l.level()));
    v.fields()
        .forEach(f ->
            tx.run(
                FIELD,
                v.account(),
                f.specialty(),
                f.ageGroups().stream().map(Wire::of).toArray(String[]::new)));
    v.licences()
        .forEach(l -> tx.run(LICENCE, v.account(), l.country(), l.number(), l.validUntil()));
    return true;
  }

  public void limit(Tx tx, AccountId account, int weeklyCap, boolean redCalls) {
    tx.run(LIMITS, account, weeklyCap, redCalls);
  }

  private static Volunteer volunteer(Row row) {
    return new Volunteer(
        new AccountId(row.getUUID("account_id")),
        new OrganisationId(row.getUUID("organisation_id")),
        Wire.parse(VolunteerKind.class, row.getString("kind")),
        row.getString("country"),
        Wire.parse(VolunteerStatus.class, row.getString("status")),
        row.getInteger("weekly_cap"),
        row.getBoolean("red_calls"),
        List.of(Rows.json(row, "languages", Volunteer.Spoken[].class)),
        List.of(Rows.json(row, "fields", Volunteer.Field[].class)),
        List.of(Rows.json(row, "licences", Volunteer.Licence[].class)));
  }
}
