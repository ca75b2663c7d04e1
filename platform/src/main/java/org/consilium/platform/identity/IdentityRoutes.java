package org.consilium.platform.identity;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.events.Outbox;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;

/** Sign-in, sessions, tokens and the caller's own places over HTTP. */
public final class IdentityRoutes {
  private final Identity identity;
  private final Directory directory;
  private final Audit audit;
  private final Outbox outbox;

  public IdentityRoutes(Identity identity, Directory directory, Audit audit, Outbox outbox) {
    this.identity = identity;
    this.directory = directory;
    this.audit = audit;
    this.outbox = outbox;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("signIn", this::signIn)
        .operation("whoAmI", this::whoAmI)
        .operation("switchMembership", this::switchMembership)
        .operation("chooseLanguage", this::chooseLanguage)
        .operation("signOut", this::signOut)
        .operation("issueToken", this::issueToken)
        .operation("listSites", this::listSites);
  }

  private record SignIn(String email, String password) {}

  private Answer signIn(Call call) {
    var asked = call.body(SignIn.class);
    var account =
        identity
            .passwords()
            .check(
                call.tx(),
                asked.email(),
                asked.password(),
                call.remoteAddress(),
                call.cookie(KnownDevices.COOKIE));
    var membership = membershipOf(call, account, Optional.empty());
    actAs(call, membership);
    call.cookie(Sessions.COOKIE)
        .ifPresent(before -> identity.sessions().giveWay(call.tx(), before));
    var token = identity.sessions().open(call.tx(), account, membership);
    audit.append(call.tx(), "session.open", Subject.of("account", account));
    return Answer.ok(me(call, membership))
        .withCookie(Sessions.cookie(token))
        .withCookie(KnownDevices.cookie(knownDevice(call, account)));
  }

  /** What this browser is known by from now on; a new one is told to the account's owner. */
  private String knownDevice(Call call, AccountId account) {
    var devices = identity.devices();
    var before = call.cookie(KnownDevices.COOKIE).filter(Secrets::isToken);
    boolean known = before.filter(token -> devices.isKnown(call.tx(), account, token)).isPresent();
    if (!known && devices.hasAny(call.tx(), account)) {
      outbox.publish(call.tx(), new NewDevice(account, call.tx().now()));
    }
    var token = before.orElseGet(Secrets::token);
    devices.remember(call.tx(), account, token);
    return token;
  }

  private Answer whoAmI(Call call) {
    return Answer.ok(me(call, current(call)));
  }

  private record SwitchTo(MembershipId membershipId) {}

  private Answer switchMembership(Call call) {
    var asked = Optional.of(call.body(SwitchTo.class).membershipId());
    var membership = membershipOf(call, call.caller().account(), asked);
    identity.sessions().switchTo(call.tx(), cookie(call), membership);
    audit.append(call.tx(), "session.switch", Subject.of("membership", membership));
    return Answer.ok(me(call, membership));
  }

  private record Language(String language) {}

  private Answer chooseLanguage(Call call) {
    var account = call.caller().account();
    identity.memberships().speak(call.tx(), account, call.body(Language.class).language());
    audit.append(call.tx(), "account.language", Subject.of("account", account));
    return Answer.ok(me(call, current(call)));
  }

  private Answer signOut(Call call) {
    identity.sessions().end(call.tx(), cookie(call));
    audit.append(call.tx(), "session.end", Subject.of("account", call.caller().account()));
    return Answer.noContent()
        .withCookie(Sessions.noCookie())
        .withHeader("Clear-Site-Data", "\"cache\"");
  }

  private record TokenRequest(
      String grantType,
      String email,
      String password,
      String refreshToken,
      MembershipId membershipId) {}

  private Answer issueToken(Call call) {
    var asked = call.body(TokenRequest.class);
    if (asked.grantType().equals("refresh_token")) {
      if (asked.refreshToken() == null) {
        throw Refusal.invalid("/refreshToken", "Send the refresh token.");
      }
      return Answer.ok(identity.tokens().refresh(call.tx(), asked.refreshToken()));
    }
    if (asked.email() == null || asked.password() == null) {
      throw Refusal.invalid("/email", "Send email and password.");
    }
    var account =
        identity
            .passwords()
            .check(
                call.tx(), asked.email(), asked.password(), call.remoteAddress(), Optional.empty());
    var membership = membershipOf(call, account, Optional.ofNullable(asked.membershipId()));
    actAs(call, membership);
    audit.append(call.tx(), "token.issue", Subject.of("account", account));
    return Answer.ok(identity.tokens().issue(call.tx(), account, membership));
  }

  private record Sites(List<SiteRef> items) {}

  private Answer listSites(Call call) {
    return Answer.ok(
        new Sites(
            directory.sitesOf(call.tx(), call.caller().organisation()).stream()
                .map(SiteRef::of)
                .toList()));
  }

  private MembershipId membershipOf(Call call, AccountId account, Optional<MembershipId> asked) {
    var own = identity.memberships().ofAccount(call.tx(), account);
    return own.stream()
        .map(Me.MembershipView::id)
        .filter(id -> asked.isEmpty() || asked.get().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(403, "no-such-membership", "This account has no such role to work in."));
  }

  private void actAs(Call call, MembershipId membership) {
    identity
        .memberships()
        .caller(call.tx(), membership, call.caller().requestId())
        .ifPresent(call.tx()::actAs);
  }

  private MembershipId current(Call call) {
    var caller = call.caller();
    return identity.memberships().ofAccount(call.tx(), caller.account()).stream()
        .filter(m -> m.organisation().id().equals(caller.organisation()))
        .filter(m -> m.role() == caller.role())
        .map(Me.MembershipView::id)
        .findFirst()
        .orElseThrow();
  }

  private Me me(Call call, MembershipId membership) {
    return identity.memberships().me(call.tx(), membership).orElseThrow();
  }

  private static String cookie(Call call) {
    return call.cookie(Sessions.COOKIE)
        .orElseThrow(
            () -> new Refusal(400, "no-session", "This works with a browser session only."));
  }
}
