package org.consilium.signaling.guest;

import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.GuestId;
import org.consilium.signaling.call.CallDesk;
import org.consilium.signaling.call.OpenConsults;
import org.consilium.signaling.call.PublicAddress;
import org.consilium.signaling.call.TicketHolder;
import org.consilium.signaling.guest.GuestStore.Guest;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.socket.SignalServer;

/**
 * People who come by link: the token stands in the link's fragment, so it reaches no log; the first
 * browser that exchanges it keeps it; a host still has to let the guest in.
 */
public final class GuestService {
  private static final Duration LINK_LIFE = Duration.ofHours(24);

  /** A call that begins late and lasts longer than was planned ends before its links do. */
  static final Duration AFTER_APPOINTMENT = Duration.ofHours(2);

  /** As long as a browser on a bad link may try to open its link. */
  static final Duration ENTRY_LIFE = Duration.ofMinutes(10);

  private final Platform platform;
  private final CallDesk desk;
  private final SignalServer relay;
  private final OpenConsults consults;
  private final Optional<URI> publicUrl;
  private final GuestStore guests = new GuestStore();

  public GuestService(
      Platform platform,
      CallDesk desk,
      SignalServer relay,
      OpenConsults consults,
      Optional<URI> publicUrl) {
    this.platform = platform;
    this.desk = desk;
    this.relay = relay;
    this.consults = consults;
    this.publicUrl = publicUrl;
  }

  /** Whom a person invites. */
  public record Invitation(String name, String role, String language) {}

  /** A link as its consult's people see it; the address only at its making. */
  public record GuestLink(
      GuestId id,
      String name,
      String role,
      String language,
      String url,
      Instant expiresAt,
      String status) {}

  /** What a guest is told about the visit. */
  public record GuestView(
      GuestId id,
      String name,
      String role,
      String language,
      String organisation,
      Instant expiresAt) {}

  /** A guest who may wait, and the cookie that this browser keeps. */
  public record Entrance(GuestView guest, Optional<String> cookie) {}

  /** A link for one person in one role; an earlier one of theirs is good no more. */
  GuestLink invite(Tx tx, ConsultId consult, Invitation invitation, String host) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC, Relation.COORDINATOR, Relation.SPECIALIST);
    var token = Secrets.token();
    var guest =
        new Guest(
            GuestId.random(),
            standing.owner(),
            consult,
            invitation.name().strip(),
            invitation.role(),
            invitation.language(),
            linkEnd(tx, consult),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    if (guest.name().isEmpty()) {
      throw Refusal.invalid("/name", "Say who is invited.");
    }
    guests
        .revokeEarlier(tx, consult, guest.name(), guest.role())
        .forEach(earlier -> takenBack(tx, standing, earlier));
    guests.insert(tx, guest, Secrets.sha256(token));
    platform
        .audit()
        .append(
            tx,
            "guest.invite",
            Subject.consult(consult, standing.patient()).part("guest", guest.id()));
    return link(guest, PublicAddress.page(publicUrl, host, "/guest#" + token), tx.now());
  }

  List<GuestLink> list(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    platform.audit().append(tx, "guest.list", Subject.consult(consult, standing.patient()));
    return guests.list(tx, consult).stream().map(guest -> link(guest, null, tx.now())).toList();
  }

  void revoke(Tx tx, ConsultId consult, GuestId guest) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC, Relation.COORDINATOR, Relation.SPECIALIST);
    if (!guests.revoke(tx, consult, guest)) {
      throw Refusal.notFound("guest-not-found", "There is no such link to take back.");
    }
    takenBack(tx, standing, guest);
  }

  private void takenBack(Tx tx, Standing standing, GuestId guest) {
    var consult = standing.consult();
    platform
        .audit()
        .append(
            tx, "guest.revoke", Subject.consult(consult, standing.patient()).part("guest", guest));
    desk.openCall(tx, consult).ifPresent(call -> relay.revoke(call, guest.toString()));
  }

  /** Of a consult with an appointment: a while after that, be it soon or in a month. */
  private Instant linkEnd(Tx tx, ConsultId consult) {
    return consults
        .appointmentEnd(tx, consult)
        .map(end -> end.plus(AFTER_APPOINTMENT))
        .orElseGet(() -> tx.now().plus(LINK_LIFE));
  }

  /**
   * Exchanges the link's token; the same browser may do so again, another one may not.
   *
   * @param entry a secret that this browser has made for this exchange: with it the exchange may be
   *     repeated for {@link #ENTRY_LIFE}, because the answer may have been lost on the way
   */
  Entrance enter(String token, Optional<String> entry, Optional<String> cookie) {
    return platform
        .database()
        .asWorker(tx -> {
          var guest =
              guests
                  .byToken(tx, Secrets.sha256(token))
                  .filter(found -> found.isGood(tx.now()))
                  .orElseThrow(GuestService::badLink);
          if (guest.cookie().isEmpty()) {
            platform.audit().append(tx, "guest.enter", subject(guest));
            return bind(tx, guest, entry);
          }
          if (same(cookie, guest.cookie())) {
            return new Entrance(view(tx, guest), Optional.empty());
          }
          if (same(entry, guest.entry()) && isFresh(guest, tx.now())) {
            return bind(tx, guest, entry);
          }
          throw new Refusal(
              409,
              "link-in-use",
              "This link was opened on another device. Ask the clinic for a new one.");
        });
  }

  /** A cookie for this browser; one that was given before and never came is good no more. */
  private Entrance bind(Tx tx, Guest guest, Optional<String> entry) {
    var fresh = Secrets.token();
    guests.bind(tx, guest.id(), Secrets.sha256(fresh), entry.map(Secrets::sha256));
    return new Entrance(view(tx, guest), Optional.of(fresh));
  }

  private static boolean same(Optional<String> secret, Optional<byte[]> kept) {
    return secret.isPresent()
        && kept.isPresent()
        && MessageDigest.isEqual(Secrets.sha256(secret.get()), kept.get());
  }

  private static boolean isFresh(Guest guest, Instant now) {
    return guest.enteredAt().filter(at -> now.isBefore(at.plus(ENTRY_LIFE))).isPresent();
  }

  /** A ticket for the waiting room. */
  CallDesk.CallTicket ticket(Optional<String> cookie, String host) {
    return platform
        .database()
        .asWorker(tx -> {
          var guest =
              cookie
                  .flatMap(value -> guests.byCookie(tx, Secrets.sha256(value)))
                  .filter(found -> found.isGood(tx.now()))
                  .orElseThrow(() ->
                      new Refusal(403, "not-a-guest", "Open the link that you were sent again."));
          platform.audit().append(tx, "call.ticket", subject(guest));
          return desk.issue(
              tx,
              guest.owner(),
              guest.consult(),
              TicketHolder.of(guest.id(), guest.name()),
              Wire.parse(CallRole.class, guest.role()),
              CallRole.FOR_GUESTS,
              AdmissionMode.WAITS,
              guest.expiresAt(),
              host);
        });
  }

  /** Whom the trail's line is about: a guest acts under no account. */
  private static Subject subject(Guest guest) {
    return new Subject(Optional.of(guest.consult()), Optional.empty(), Optional.empty())
        .part("guest", guest.id());
  }

  private GuestView view(Tx tx, Guest guest) {
    return new GuestView(
        guest.id(),
        guest.name(),
        guest.role(),
        guest.language(),
        platform.directory().organisation(tx, guest.owner()).name(),
        guest.expiresAt());
  }

  private static GuestLink link(Guest guest, String url, Instant now) {
    return new GuestLink(
        guest.id(),
        guest.name(),
        guest.role(),
        guest.language(),
        url,
        guest.expiresAt(),
        guest.status(now));
  }

  private static Refusal badLink() {
    return new Refusal(
        404, "link-not-good", "This link is not good any more. Ask the clinic for a new one.");
  }
}
