package org.consilium.signaling.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.SignIn;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.call.CallDesk;
import org.consilium.signaling.call.Node;
import org.consilium.signaling.call.TicketHolder;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.turn.TurnConfig;

/**
 * Ours over a real PostgreSQL, which is another process: tickets are redeemed there with all their
 * conditions, and the call record is written there.
 */
final class PostgresRelay {
  /** In one transaction, each with a consult of its own. */
  private static final int ROOMS_AT_ONCE = 100;

  private final TestPlatform world = TestPlatform.start(Signaling.SCHEMA);
  private final OrganisationId clinics = world.organisation("Mara Valley", "clinic-network");
  private final SiteId site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
  private final TestPerson clinician =
      world.person("Amina", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
  private final CallDesk desk =
      new CallDesk(
          world.platform(), Optional.empty(), (_, _) -> true, new Node("bench", () -> true));

  private PostgresRelay() {}

  /** Takes the number of event loops, that of rooms, and the file that two tickets each go to. */
  public static void main(String[] arguments) throws IOException {
    var relay = new PostgresRelay();
    var signaling =
        new Signaling(
            relay.world.platform(),
            TurnConfig.NONE,
            // As behind a proxy: not all the clients here are one address.
            Optional.of(URI.create("http://localhost")),
            (_, _) -> true,
            Optional.empty(),
            new SimpleMeterRegistry());
    relay.world.serve(signaling.routes()).cookie(relay.clinician);
    Files.write(Path.of(arguments[2]), relay.tickets(Integer.parseInt(arguments[1])));
    ConsiliumRelay.serve(Integer.parseInt(arguments[0]), signaling.relay());
  }

  private List<String> tickets(int rooms) {
    var database = world.platform().database();
    var signIn =
        database.asWorker(tx ->
            tx.one("SELECT id, membership_id FROM platform.session")
                .map(row ->
                    new SignIn(row.getUUID("id"), new MembershipId(row.getUUID("membership_id"))))
                .orElseThrow());
    var tickets = new ArrayList<String>();
    for (int room = 0; room < rooms; room += ROOMS_AT_ONCE) {
      database.inTransaction(
          clinician.caller(),
          tx -> {
            for (int i = 0; i < ROOMS_AT_ONCE; i++) {
              var consult = ConsultId.random();
              world.platform().careTeam().open(tx, consult, clinics, PatientId.random(), site);
              for (int side = 1; side <= 2; side++) {
                tickets.add(
                    desk.issue(
                            tx,
                            clinics,
                            consult,
                            new TicketHolder(
                                UUID.randomUUID().toString(),
                                "Ada",
                                Optional.of(signIn),
                                Optional.empty()),
                            CallRole.CLINICIAN,
                            Set.of(CallRole.CLINICIAN),
                            AdmissionMode.DIRECT,
                            tx.now().plus(Duration.ofHours(1)),
                            "localhost")
                        .ticket());
              }
            }
            return null;
          });
    }
    return tickets;
  }
}
