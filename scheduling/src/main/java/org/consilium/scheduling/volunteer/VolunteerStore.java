package org.consilium.scheduling.volunteer;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.catalogue.ConsultMode;

/**
 * All SQL about volunteers as others see them. Tables from V002__volunteer_and_roster.sql and
 * V006__people.sql.
 */
public final class VolunteerStore {
  private static final String SELECT =
      """
      SELECT v.account_id, v.organisation_id, v.kind, v.country, v.status, v.weekly_cap, v.red_calls,
             v.rest_hours, v.quiet_from, v.quiet_until, v.gender, v.channels,
             coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'level', l.level,
                                                           'writes', l.writes,
                                                           'needsInterpreter', l.needs_interpreter)
                                        ORDER BY l.level, l.language)
                         FROM scheduling.volunteer_language l WHERE l.account_id = v.account_id),
                      '[]') AS languages,
             coalesce((SELECT jsonb_agg(jsonb_build_object('specialty', s.specialty,
                                                           'ageGroups', to_jsonb(s.age_groups))
                                        ORDER BY s.specialty)
                         FROM scheduling.volunteer_specialty s WHERE s.account_id = v.account_id),
                      '[]') AS fields,
             coalesce((SELECT jsonb_agg(jsonb_build_object('country', c.country, 'number', c.number,
                                                           'validFrom', c.valid_from,
                                                           'validUntil', c.valid_until,
                                                           'state', c.state)
                                        ORDER BY c.country, c.number, c.valid_until)
                         FROM scheduling.volunteer_licence c WHERE c.account_id = v.account_id),
                      '[]') AS licences
        FROM scheduling.volunteer v
      """;
  private static final String ALL =
      SELECT + " WHERE v.status NOT IN ('applied', 'ended') ORDER BY v.account_id";
  private static final String SOME = SELECT + " WHERE v.account_id = ANY($1::uuid[])";
  private static final String ONE = SELECT + " WHERE v.account_id = $1";

  private static final String INSERT =
      """
      INSERT INTO scheduling.volunteer (account_id, organisation_id, kind, country, status,
                                        weekly_cap, red_calls, registered_at, rest_hours,
                                        quiet_from, quiet_until, gender, channels, status_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $8)
      ON CONFLICT (account_id) DO NOTHING
      """;
  private static final String LANGUAGE =
      """
      INSERT INTO scheduling.volunteer_language (account_id, language, level, writes,
                                                 needs_interpreter)
      VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String NO_LANGUAGES =
      "DELETE FROM scheduling.volunteer_language WHERE account_id = $1";
  private static final String NO_FIELDS =
      "DELETE FROM scheduling.volunteer_specialty WHERE account_id = $1";
  private static final String FIELD =
      """
      INSERT INTO scheduling.volunteer_specialty (account_id, specialty, age_groups)
      VALUES ($1, $2, $3)
      """;
  private static final String LICENCE =
      """
      INSERT INTO scheduling.volunteer_licence (account_id, country, number, valid_from,
                                                valid_until, state, state_at, id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
      """;
  private static final String NEWEST_RULES =
      """
      SELECT version, country, mode, needs, countries, source FROM scheduling.licence_rule
       WHERE version = (SELECT max(version) FROM scheduling.licence_rule)
       ORDER BY country, mode
      """;
  private static final String LIMITS =
      "UPDATE scheduling.volunteer SET weekly_cap = $2, red_calls = $3 WHERE account_id = $1";

  /** Everybody who was taken in and has not left. */
  public List<Volunteer> all(Tx tx) {
    return tx.list(ALL, VolunteerStore::volunteer);
  }

  public Optional<Volunteer> find(Tx tx, AccountId account) {
    return tx.one(ONE, account).map(VolunteerStore::volunteer);
  }

  Map<AccountId, Volunteer> some(Tx tx, Collection<AccountId> accounts) {
    return accounts.isEmpty()
        ? Map.of()
        : tx.list(SOME, VolunteerStore::volunteer, accounts).stream()
            .collect(Collectors.toMap(Volunteer::account, Function.identity()));
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
            tx.now(),
            (int) v.wishes().rest().toHours(),
            v.wishes().quiet().map(q -> q.from().toString()),
            v.wishes().quiet().map(q -> q.until().toString()),
            v.wishes().gender(),
            v.wishes().channels().stream().map(Wire::of).toArray(String[]::new));
    if (inserted == 0) {
      return false;
    }
    addLanguages(tx, v.account(), v.languages());
    addFields(tx, v.account(), v.fields());
    v.licences().forEach(l -> add(tx, v.account(), l));
    return true;
  }

  void replaceLanguages(Tx tx, AccountId account, List<Volunteer.Spoken> languages) {
    tx.run(NO_LANGUAGES, account);
    addLanguages(tx, account, languages);
  }

  private static void addLanguages(Tx tx, AccountId account, List<Volunteer.Spoken> languages) {
    for (var l : languages) {
      tx.run(LANGUAGE, account, l.language(), l.level(), l.writes(), l.needsInterpreter());
    }
  }

  void replaceFields(Tx tx, AccountId account, List<Volunteer.Field> fields) {
    tx.run(NO_FIELDS, account);
    addFields(tx, account, fields);
  }

  private static void addFields(Tx tx, AccountId account, List<Volunteer.Field> fields) {
    for (var f : fields) {
      var ageGroups = f.ageGroups().stream().map(Wire::of).toArray(String[]::new);
      tx.run(FIELD, account, f.specialty(), ageGroups);
    }
  }

  /** False when the very same licence is there already. */
  boolean add(Tx tx, AccountId account, Volunteer.Licence l) {
    return tx.run(
            LICENCE,
            account,
            l.country(),
            l.number(),
            l.validFrom(),
            l.validUntil(),
            l.state(),
            tx.now(),
            Uuid7.next())
        == 1;
  }

  /** The newest version of the table. */
  public LicenceRules licenceRules(Tx tx) {
    var rows = tx.rows(NEWEST_RULES);
    int version = rows.isEmpty() ? 0 : rows.getFirst().getInteger("version");
    return new LicenceRules(version, rows.stream().map(VolunteerStore::rule).toList());
  }

  private static LicenceRules.Rule rule(Row row) {
    return new LicenceRules.Rule(
        row.getString("country"),
        Wire.parse(ConsultMode.class, row.getString("mode")),
        Wire.parse(LicenceRules.Need.class, row.getString("needs")),
        List.of(row.getArrayOfStrings("countries")),
        row.getString("source"));
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
        List.of(Rows.json(row, "licences", Volunteer.Licence[].class)),
        wishes(row));
  }

  private static Wishes wishes(Row row) {
    var from = Optional.ofNullable(row.getString("quiet_from"));
    return new Wishes(
        Duration.ofHours(row.getInteger("rest_hours")),
        from.map(start ->
            new Wishes.Quiet(
                LocalTime.parse(start), LocalTime.parse(row.getString("quiet_until")))),
        Optional.ofNullable(row.getString("gender")).map(g -> Wire.parse(Gender.class, g)),
        Stream.of(row.getArrayOfStrings("channels"))
            .map(channel -> Wire.parse(Channel.class, channel))
            .toList());
  }
}
