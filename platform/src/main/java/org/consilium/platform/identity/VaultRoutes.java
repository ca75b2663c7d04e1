package org.consilium.platform.identity;

import java.util.UUID;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;

/** The server's half of what a browser keeps sealed, and turns by PIN, over HTTP. */
public final class VaultRoutes {
  private final Identity identity;
  private final Audit audit;

  public VaultRoutes(Identity identity, Audit audit) {
    this.identity = identity;
    this.audit = audit;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("openVault", this::open)
        .operation("forgetVault", this::forget)
        .operation("setPin", this::setPin)
        .operation("forgetPin", this::forgetPin)
        .operation("signInByPin", this::signIn)
        .operation("signOutEverywhere", this::signOutEverywhere);
  }

  private Answer open(Call call) {
    var typed = identity.sessions().passwordTyped(call.tx(), cookie(call));
    var membership = identity.signIn(call).orElseThrow().membership();
    return Answer.ok(identity.vaults().open(call.tx(), vault(call), membership, typed));
  }

  private Answer forget(Call call) {
    if (identity.vaults().forget(call.tx(), vault(call))) {
      audit.append(call.tx(), "vault.forget", self(call));
    }
    return Answer.noContent();
  }

  private record NewPin(String proof, String password) {}

  private Answer setPin(Call call) {
    var asked = call.body(NewPin.class);
    cookie(call);
    if (!identity.passwords().confirm(call.tx(), call.caller().account(), asked.password())) {
      throw Refusal.invalid("/password", "This is not your password.");
    }
    identity.vaults().setPin(call.tx(), vault(call), asked.proof());
    audit.append(call.tx(), "pin.set", self(call));
    return Answer.noContent();
  }

  private Answer forgetPin(Call call) {
    if (identity.vaults().forgetPin(call.tx(), vault(call))) {
      audit.append(call.tx(), "pin.forget", self(call));
    }
    return Answer.noContent();
  }

  private record PinSignIn(UUID vaultId, String proof) {}

  private record Entered(Me me, String secret) {}

  private Answer signIn(Call call) {
    var asked = call.body(PinSignIn.class);
    var tx = call.tx();
    return switch (identity
        .pins()
        .check(tx, asked.vaultId(), asked.proof(), call.remoteAddress())) {
      case Pins.Outcome.Over _ ->
          throw new Refusal(401, "pin-over", "This PIN is over; sign in with the password.");
      case Pins.Outcome.Wrong(var left) ->
          throw new Refusal(
                  401, "pin-wrong", "This is not the PIN. Tries left: %d.".formatted(left))
              .with("triesLeft", left);
      case Pins.Outcome.Right(var account, var membership, var secret, var until) -> {
        call.cookie(Sessions.COOKIE).ifPresent(before -> identity.sessions().giveWay(tx, before));
        identity
            .memberships()
            .caller(tx, membership, call.caller().requestId())
            .ifPresent(tx::actAs);
        var token = identity.sessions().openByPin(tx, account, membership, until);
        audit.append(tx, "session.open-by-pin", Subject.of("account", account));
        var me = identity.memberships().me(tx, membership).orElseThrow();
        yield Answer.ok(new Entered(me, secret)).withCookie(Sessions.cookie(token));
      }
    };
  }

  private Answer signOutEverywhere(Call call) {
    var account = call.caller().account();
    identity.sessions().endAll(call.tx(), account);
    identity.tokens().revokeAll(call.tx(), account);
    identity.vaults().forgetPins(call.tx(), account);
    identity.devices().forgetAll(call.tx(), account);
    audit.append(call.tx(), "session.end-all", self(call));
    return Answer.noContent().withCookie(Sessions.noCookie());
  }

  private static Subject self(Call call) {
    return Subject.of("account", call.caller().account());
  }

  private static UUID vault(Call call) {
    return call.pathId("vaultId");
  }

  private static String cookie(Call call) {
    return call.cookie(Sessions.COOKIE)
        .orElseThrow(
            () -> new Refusal(400, "no-session", "This works with a browser session only."));
  }
}
