package org.consilium.platform.mail;

import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;

/** HTTP for one's own mail address. */
public final class MailAddressRoutes {
  private final MailAddresses addresses;

  public MailAddressRoutes(MailAddresses addresses) {
    this.addresses = addresses;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getMailAddress", this::get)
        .operation("claimMailAddress", this::claim)
        .operation("confirmMailAddress", this::confirm)
        .operation("forgetMailAddress", this::forget);
  }

  private Answer get(Call call) {
    return Answer.ok(addresses.of(call.tx()));
  }

  private record Claim(String address) {}

  private Answer claim(Call call) {
    addresses.claim(call.tx(), call.body(Claim.class).address());
    return Answer.created(addresses.of(call.tx()));
  }

  private record Confirmation(String code) {}

  private Answer confirm(Call call) {
    addresses.confirm(call.tx(), call.body(Confirmation.class).code());
    return Answer.ok(addresses.of(call.tx()));
  }

  private Answer forget(Call call) {
    addresses.forget(call.tx());
    return Answer.ok(addresses.of(call.tx()));
  }
}
