package org.consilium.platform.text;

import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;

/** HTTP for one's own telephone number. */
public final class PhoneNumberRoutes {
  private final PhoneNumbers numbers;

  public PhoneNumberRoutes(PhoneNumbers numbers) {
    this.numbers = numbers;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getPhoneNumber", this::get)
        .operation("claimPhoneNumber", this::claim)
        .operation("confirmPhoneNumber", this::confirm)
        .operation("forgetPhoneNumber", this::forget);
  }

  private Answer get(Call call) {
    return Answer.ok(numbers.of(call.tx()));
  }

  private record Claim(String number) {}

  private Answer claim(Call call) {
    numbers.claim(call.tx(), call.body(Claim.class).number());
    return Answer.created(numbers.of(call.tx()));
  }

  private record Confirmation(String code) {}

  private Answer confirm(Call call) {
    numbers.confirm(call.tx(), call.body(Confirmation.class).code());
    return Answer.ok(numbers.of(call.tx()));
  }

  private Answer forget(Call call) {
    numbers.forget(call.tx());
    return Answer.ok(numbers.of(call.tx()));
  }
}
