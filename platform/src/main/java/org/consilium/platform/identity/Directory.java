package org.consilium.platform.identity;

import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Id;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/** Looks up people, sites and organisations; no patient data. Tables from V001__identity.sql. */
public final class Directory {
  private static final String PEOPLE =
      "SELECT id, name, zone, language FROM platform.account WHERE id = ANY($1::uuid[])";

  private static final String SITES =
      """
      SELECT id, organisation_id, name, zone, country, emergency_contact
        FROM platform.site WHERE id = ANY($1::uuid[])
      """;

  private static final String SITES_OF =
      """
      SELECT id, organisation_id, name, zone, country, emergency_contact
        FROM platform.site WHERE organisation_id = $1 ORDER BY name
      """;

  private static final String STAFF =
      """
      SELECT a.id, a.name, a.zone, a.language
        FROM platform.membership m JOIN platform.account a ON a.id = m.account_id AND a.active
       WHERE m.organisation_id = $1 AND m.role = $2 AND m.active
         AND (m.site_id IS NULL OR m.site_id = $3)
       ORDER BY a.name, a.id
      """;

  private static final String ORGANISATIONS =
      "SELECT id, name, zone, kind FROM platform.organisation WHERE id = ANY($1::uuid[])";

  private static final String MEMBERS_OF =
      """
      SELECT a.id, a.name, a.zone, a.language
        FROM platform.membership m JOIN platform.account a ON a.id = m.account_id AND a.active
       WHERE m.organisation_id = $1 AND m.role = $2 AND m.active ORDER BY a.name, a.id
      """;

  private static final String CREDENTIALS =
      "SELECT registration, country FROM platform.account WHERE id = $1";

  /** A doctor's registration number and its country, where they were given. */
  public record Credentials(String registration, String country) {}

  public Person person(Tx tx, AccountId id) {
    return one(people(tx, List.of(id)), id);
  }

  public Map<AccountId, Person> people(Tx tx, Collection<AccountId> ids) {
    return found(tx, PEOPLE, Directory::person, Person::id, ids);
  }

  public PersonRef ref(Tx tx, AccountId id) {
    return new PersonRef(id, person(tx, id).name());
  }

  public Credentials credentials(Tx tx, AccountId id) {
    return tx.one(CREDENTIALS, id)
        .map(row -> new Credentials(row.getString("registration"), row.getString("country")))
        .orElseThrow();
  }

  public Site site(Tx tx, SiteId id) {
    return one(sites(tx, List.of(id)), id);
  }

  public Map<SiteId, Site> sites(Tx tx, Collection<SiteId> ids) {
    return found(tx, SITES, Directory::site, Site::id, ids);
  }

  /** The sites of one organisation by name. */
  public List<Site> sitesOf(Tx tx, OrganisationId organisation) {
    return tx.list(SITES_OF, Directory::site, organisation);
  }

  /** Who has a role in an organisation, at that site or at no site in particular; by name. */
  public List<Person> staff(Tx tx, OrganisationId organisation, Role role, SiteId site) {
    return tx.list(STAFF, Directory::person, organisation, role, site);
  }

  /** Who has this role in an organisation now, by name. */
  public List<Person> membersOf(Tx tx, OrganisationId organisation, Role role) {
    return tx.list(MEMBERS_OF, Directory::person, organisation, role);
  }

  public Organisation organisation(Tx tx, OrganisationId id) {
    return one(organisations(tx, List.of(id)), id);
  }

  public Map<OrganisationId, Organisation> organisations(Tx tx, Collection<OrganisationId> ids) {
    return found(tx, ORGANISATIONS, Directory::organisation, Organisation::id, ids);
  }

  private static <K extends Id, V> Map<K, V> found(
      Tx tx, String sql, Function<Row, V> reader, Function<V, K> id, Collection<K> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return tx.list(sql, reader, Set.copyOf(ids)).stream()
        .collect(Collectors.toMap(id, Function.identity()));
  }

  private static <K, V> V one(Map<K, V> found, K id) {
    var value = found.get(id);
    if (value == null) {
      throw Refusal.notFound("not-found", "There is no such person or place: " + id + ".");
    }
    return value;
  }

  private static Person person(Row row) {
    return new Person(
        new AccountId(row.getUUID("id")),
        row.getString("name"),
        ZoneId.of(row.getString("zone")),
        row.getString("language"));
  }

  private static Site site(Row row) {
    return new Site(
        new SiteId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        row.getString("name"),
        ZoneId.of(row.getString("zone")),
        row.getString("country"),
        row.getString("emergency_contact"));
  }

  private static Organisation organisation(Row row) {
    return new Organisation(
        new OrganisationId(row.getUUID("id")),
        row.getString("name"),
        ZoneId.of(row.getString("zone")),
        row.getString("kind"));
  }
}
