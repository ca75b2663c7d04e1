package org.consilium.deploy.bench.records;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.id.Uuid7;

/** One organisation with its people, and the volunteers who answer it. */
record World(
    OrganisationId clinic,
    OrganisationId volunteers,
    SiteId site,
    Somebody clinician,
    Somebody scheduler,
    List<Somebody> specialists) {
  static final String PASSWORD = "a long enough pass phrase";
  private static final int SPECIALISTS = 40;

  /** Signs in with the e-mail and {@link #PASSWORD}. */
  record Somebody(UUID id, String name, String email) {}

  /** Enters them; everybody has the same password. */
  static World enter(Connection connection) throws SQLException {
    var hash = PasswordHash.of(PASSWORD);
    var clinic = new OrganisationId(Uuid7.next());
    var volunteers = new OrganisationId(Uuid7.next());
    var site = new SiteId(Uuid7.next());
    run(
        connection,
        """
        INSERT INTO platform.organisation (id, name, kind, zone, created_at)
        VALUES (?, 'Mara Valley Health', 'clinic-network', 'Africa/Nairobi', now()),
               (?, 'Open Hands', 'volunteer-network', 'Europe/Lisbon', now())
        """,
        clinic.value(),
        volunteers.value());
    run(
        connection,
        """
        INSERT INTO platform.site (organisation_id, id, name, zone, country)
        VALUES (?, ?, 'Olkeri', 'Africa/Nairobi', 'KE')
        """,
        clinic.value(),
        site.value());
    var clinician = person(connection, "Amina Njoroge", hash, clinic, "clinician", site.value());
    var scheduler = person(connection, "Grace Wanjiru", hash, clinic, "scheduler", null);
    var specialists = new ArrayList<Somebody>();
    for (int i = 0; i < SPECIALISTS; i++) {
      specialists.add(person(connection, "Specialist " + i, hash, volunteers, "specialist", null));
    }
    return new World(clinic, volunteers, site, clinician, scheduler, specialists);
  }

  private static Somebody person(
      Connection connection,
      String name,
      String hash,
      OrganisationId organisation,
      String role,
      UUID site)
      throws SQLException {
    var person = new Somebody(Uuid7.next(), name, name.toLowerCase().replace(' ', '.') + "@bench");
    run(
        connection,
        """
        INSERT INTO platform.account (id, name, email, zone, language, password_hash, registration,
                                      country, created_at)
        VALUES (?, ?, ?, 'Africa/Nairobi', 'en', ?, 'REG-1', 'PT', now())
        """,
        person.id(),
        name,
        person.email(),
        hash);
    run(
        connection,
        """
        INSERT INTO platform.membership (id, account_id, organisation_id, role, site_id, created_at)
        VALUES (?, ?, ?, ?, ?, now())
        """,
        Uuid7.next(),
        person.id(),
        organisation.value(),
        role,
        site);
    return person;
  }

  private static void run(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
