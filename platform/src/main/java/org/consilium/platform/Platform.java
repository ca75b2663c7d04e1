package org.consilium.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;
import org.consilium.platform.access.CareTeam;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.AuditRoutes;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.events.Delivery;
import org.consilium.platform.events.Events;
import org.consilium.platform.events.Outbox;
import org.consilium.platform.http.Routes;
import org.consilium.platform.identity.Accounts;
import org.consilium.platform.identity.Directory;
import org.consilium.platform.identity.Identity;
import org.consilium.platform.identity.IdentityRoutes;
import org.consilium.platform.identity.Passwords;
import org.consilium.platform.identity.VaultRoutes;
import org.consilium.platform.live.Changes;
import org.consilium.platform.live.Notices;
import org.consilium.platform.mail.MailAddressRoutes;
import org.consilium.platform.mail.MailAddresses;
import org.consilium.platform.mail.MailQueue;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.program.ProgramRoutes;
import org.consilium.platform.program.Programs;
import org.consilium.platform.text.PhoneNumberRoutes;
import org.consilium.platform.text.PhoneNumbers;
import org.consilium.platform.text.TextGateway;
import org.consilium.platform.text.TextQueue;
import org.consilium.platform.time.ZoneDataRoutes;

/** What every module stands on; built once, by constructors, at start. */
public final class Platform implements AutoCloseable {
  /** The schema and the folder of migrations of this module. */
  public static final String SCHEMA = "platform";

  private static final String CONTRACT = "openapi/platform.yaml";
  private static final String MAIL_CONTRACT = "openapi/mail.yaml";
  private static final String PROGRAMS_CONTRACT = "openapi/programs.yaml";
  private static final String TEXT_CONTRACT = "openapi/text.yaml";
  private static final String VAULTS_CONTRACT = "openapi/vaults.yaml";

  private final InstantSource clock;
  private final Vertx vertx;
  private final Signer signer;
  private final Database database;
  private final Identity identity;
  private final Directory directory = new Directory();
  private final Accounts accounts = new Accounts();
  private final Audit audit = new Audit();
  private final Events events = new Events();
  private final Outbox outbox = new Outbox(events);
  private final Delivery delivery;
  private final Changes changes = new Changes();
  private final Notices notices;
  private final CareTeam careTeam = new CareTeam();
  private final MailQueue mail;
  private final MailAddresses mailAddresses;
  private final Programs programs;
  private final TextQueue texts;
  private final PhoneNumbers phoneNumbers;

  /** The same without mail and short messages. */
  public Platform(Vertx vertx, DatabaseAddress address, InstantSource clock, Signer signer) {
    this(
        vertx,
        address,
        clock,
        signer,
        Optional.empty(),
        Optional.empty(),
        new SimpleMeterRegistry());
  }

  /**
   * The database must have been migrated.
   *
   * @param smtp the server that takes our mail; none and no mail is sent
   * @param gateway who takes our short messages; none and none is sent
   */
  public Platform(
      Vertx vertx,
      DatabaseAddress address,
      InstantSource clock,
      Signer signer,
      Optional<SmtpServer> smtp,
      Optional<TextGateway> gateway,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.clock = clock;
    this.signer = signer;
    this.database = new Database(vertx, address, clock);
    this.identity = new Identity(database, signer, audit, clock);
    this.delivery = new Delivery(database, events, clock);
    this.notices = new Notices(vertx, address);
    this.mail = new MailQueue(database, smtp, metrics);
    this.mailAddresses = new MailAddresses(database, mail, audit);
    this.programs = new Programs(signer, audit, clock);
    this.texts = new TextQueue(database, gateway, metrics);
    this.phoneNumbers = new PhoneNumbers(database, texts, audit);
  }

  /** The operations of this module. */
  public Routes routes() {
    var routes =
        new Routes(CONTRACT, MAIL_CONTRACT, PROGRAMS_CONTRACT, TEXT_CONTRACT, VAULTS_CONTRACT);
    new IdentityRoutes(identity, directory, audit, outbox).addTo(routes);
    new VaultRoutes(identity, audit).addTo(routes);
    new ZoneDataRoutes(clock).addTo(routes);
    new MailAddressRoutes(mailAddresses).addTo(routes);
    new ProgramRoutes(programs).addTo(routes);
    new PhoneNumberRoutes(phoneNumbers).addTo(routes);
    return new AuditRoutes(audit).addTo(routes);
  }

  public Vertx vertx() {
    return vertx;
  }

  public InstantSource clock() {
    return clock;
  }

  public Signer signer() {
    return signer;
  }

  public Database database() {
    return database;
  }

  public Identity identity() {
    return identity;
  }

  public Passwords passwords() {
    return identity.passwords();
  }

  public Directory directory() {
    return directory;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Audit audit() {
    return audit;
  }

  public Events events() {
    return events;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Delivery delivery() {
    return delivery;
  }

  public Changes changes() {
    return changes;
  }

  public Notices notices() {
    return notices;
  }

  /** Letters to people; its {@code runDue} is to be run every few seconds. */
  public MailQueue mail() {
    return mail;
  }

  public MailAddresses mailAddresses() {
    return mailAddresses;
  }

  /** Other systems that act for an organisation. */
  public Programs programs() {
    return programs;
  }

  /** Short messages to people; its {@code runDue} is to be run every few seconds. */
  public TextQueue texts() {
    return texts;
  }

  public PhoneNumbers phoneNumbers() {
    return phoneNumbers;
  }

  public CareTeam careTeam() {
    return careTeam;
  }

  @Override
  public void close() {
    notices.close();
    database.close();
  }
}
