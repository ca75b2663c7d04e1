package org.consilium.platform.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.Platform;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Accounts;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.Site;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.text.TextGateway;

/**
 * A platform over a real PostgreSQL for one test class: a migrated database of its own, a clock
 * that tests set, and people to act. The database's owner is no superuser, as on a real server, so
 * row security holds for everybody.
 */
public final class TestPlatform implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-03-02T09:00:00Z"); // a Monday
  private static final String PASSWORD = "a long enough pass phrase";
  private static final Map<List<String>, String> TEMPLATES = new ConcurrentHashMap<>();

  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock(START);
  private final DatabaseAddress address;
  private final Platform platform;
  private final List<AutoCloseable> opened = new ArrayList<>();

  private TestPlatform(
      DatabaseAddress address, Optional<SmtpServer> smtp, Optional<TextGateway> gateway) {
    this.address = address;
    this.platform =
        new Platform(
            vertx, address, clock, Signer.ephemeral(), smtp, gateway, new SimpleMeterRegistry());
  }

  /** A platform with the schemas of {@code modules} besides its own. */
  public static TestPlatform start(String... modules) {
    return start(Optional.empty(), Optional.empty(), modules);
  }

  /** The same with a mail server, and a gateway for short messages. */
  public static TestPlatform start(
      Optional<SmtpServer> smtp, Optional<TextGateway> gateway, String... modules) {
    var schemas = new ArrayList<String>();
    schemas.add(Platform.SCHEMA);
    schemas.addAll(List.of(modules));
    var template = TEMPLATES.computeIfAbsent(schemas, TestPlatform::template);
    var database = TestServer.createDatabaseFrom(template);
    asSuperuser(database, give(database));
    return new TestPlatform(owned(database), smtp, gateway);
  }

  private static String template(List<String> schemas) {
    var fresh = TestServer.createDatabase();
    asSuperuser(
        fresh,
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'consilium_owner') THEN
            CREATE ROLE consilium_owner LOGIN CREATEROLE NOSUPERUSER PASSWORD 'owner';
          END IF;
          -- Another owner on this server may have made the roles already.
          IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'consilium_app') THEN
            GRANT consilium_app, consilium_worker TO consilium_owner WITH ADMIN OPTION;
          END IF;
        END $$\
        """,
        give(fresh));
    Migrations.run(owned(fresh), schemas);
    return fresh.database();
  }

  private static String give(DatabaseAddress database) {
    return "ALTER DATABASE " + database.database() + " OWNER TO consilium_owner";
  }

  private static void asSuperuser(DatabaseAddress database, String... statements) {
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DatabaseAddress owned(DatabaseAddress address) {
    return new DatabaseAddress(
        address.host(), address.port(), "consilium_owner", "owner", address.database());
  }

  public Platform platform() {
    return platform;
  }

  public TestClock clock() {
    return clock;
  }

  public Vertx vertx() {
    return vertx;
  }

  public DatabaseAddress address() {
    return address;
  }

  public OrganisationId organisation(String name, String kind) {
    var id = OrganisationId.random();
    platform
        .database()
        .asWorker(tx -> {
          platform
              .accounts()
              .organisation(tx, new Organisation(id, name, ZoneId.of("Africa/Nairobi"), kind));
          return id;
        });
    return id;
  }

  public SiteId site(OrganisationId organisation, String name, String zone, String country) {
    var site =
        new Site(
            SiteId.random(), organisation, name, ZoneId.of(zone), country, "Ambulance +254 700 1");
    platform
        .database()
        .asWorker(tx -> {
          platform.accounts().site(tx, site);
          return site.id();
        });
    return site.id();
  }

  /** A new person with one role; every test person has the same pass phrase. */
  public TestPerson person(
      String name, OrganisationId organisation, Role role, SiteId site, String zone) {
    var id = AccountId.random();
    var email = name.toLowerCase().replaceAll("[^a-z]+", ".") + "." + id + "@test";
    var account =
        new Accounts.NewAccount(
            id, name, email, ZoneId.of(zone), "en", PASSWORD, "REG-" + name.length(), "KE");
    platform
        .database()
        .asWorker(tx -> {
          platform.accounts().account(tx, account, Hash.OF_PASSWORD);
          return platform
              .accounts()
              .membership(tx, id, organisation, role, Optional.ofNullable(site));
        });
    var caller =
        new Caller(id, organisation, role, name, Optional.ofNullable(site), ZoneId.of(zone));
    return new TestPerson(caller, email, PASSWORD);
  }

  public TestPerson person(String name, OrganisationId organisation, Role role) {
    return person(name, organisation, role, null, "Europe/Lisbon");
  }

  /** Serves the platform's and the given modules' operations on a free port of this machine. */
  public TestHttp serve(Routes... modules) {
    var http = TestHttp.start(vertx, platform, address, modules);
    opened.add(http);
    return http;
  }

  @Override
  public void close() throws Exception {
    for (var open : opened) {
      open.close();
    }
    platform.close();
    Await.on(vertx.close());
    TestServer.drop(address);
  }

  /** Argon2id is slow by design: once for all. */
  private static final class Hash {
    static final String OF_PASSWORD = PasswordHash.of(PASSWORD);
  }
}
