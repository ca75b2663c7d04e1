package org.consilium.platform.identity;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Call;
import org.consilium.platform.id.MembershipId;

/** Finds out who is calling. */
public final class Identity {
  private static final String BEARER = "Bearer ";

  private final Sessions sessions = new Sessions();
  private final SignIns signIns = new SignIns();
  private final Memberships memberships = new Memberships();
  private final KnownDevices devices = new KnownDevices();
  private final Passwords passwords;
  private final DeviceVaults vaults;
  private final Pins pins;
  private final Tokens tokens;

  public Identity(Database database, Signer signer, Audit audit, InstantSource clock) {
    var tries = new WrongTries(database);
    this.passwords = new Passwords(tries, devices);
    this.vaults = new DeviceVaults();
    this.pins = new Pins(database, tries, memberships);
    this.tokens = new Tokens(signer, database, memberships, audit, clock);
  }

  /**
   * Who sends this request, read in the transaction of the act.
   *
   * @param authorization the header, or null
   * @param cookie the session cookie's value, or null
   */
  public Optional<Caller> caller(Tx tx, String authorization, String cookie, String requestId) {
    return membership(tx, authorization, cookie)
        .flatMap(membership -> memberships.caller(tx, membership, requestId));
  }

  private Optional<MembershipId> membership(Tx tx, String authorization, String cookie) {
    if (authorization != null && authorization.startsWith(BEARER)) {
      return tokens.membership(tx, authorization.substring(BEARER.length()));
    }
    return cookie == null ? Optional.empty() : sessions.membership(tx, cookie);
  }

  /** The session or the tokens that {@code call} came with; empty for nobody. */
  public Optional<SignIn> signIn(Call call) {
    return signIn(
        call.tx(),
        call.header("Authorization").orElse(null),
        call.cookie(Sessions.COOKIE).orElse(null));
  }

  /**
   * The session or the tokens that a request came with; empty for nobody. It may be over.
   *
   * @param authorization the header, or null
   * @param cookie the session cookie's value, or null
   */
  public Optional<SignIn> signIn(Tx tx, String authorization, String cookie) {
    if (authorization != null && authorization.startsWith(BEARER)) {
      return tokens.signIn(authorization.substring(BEARER.length()));
    }
    return cookie == null ? Optional.empty() : sessions.signIn(tx, cookie);
  }

  /** Who acts by a sign-in now; empty once it is over, or goes on in another role. */
  public Optional<Caller> caller(Tx tx, SignIn signIn) {
    return ended(tx, List.of(signIn)).isEmpty()
        ? memberships.caller(tx, signIn.membership(), "")
        : Optional.empty();
  }

  /** Which of these sign-ins are over; one statement, however many. */
  public Set<SignIn> ended(Tx tx, Collection<SignIn> asked) {
    return signIns.ended(tx, asked);
  }

  public Passwords passwords() {
    return passwords;
  }

  KnownDevices devices() {
    return devices;
  }

  Sessions sessions() {
    return sessions;
  }

  Memberships memberships() {
    return memberships;
  }

  DeviceVaults vaults() {
    return vaults;
  }

  Pins pins() {
    return pins;
  }

  Tokens tokens() {
    return tokens;
  }
}
