package org.consilium.signaling.call;

import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.GuestId;
import org.consilium.platform.identity.SignIn;

/**
 * Who asks for a ticket, and in the name of what: the seat ends with the sign-in, or with the
 * guest's link.
 *
 * @param person the text of the account's or of the guest's id
 * @param name what the others of the call read
 */
public record TicketHolder(
    String person, String name, Optional<SignIn> signIn, Optional<GuestId> guest) {

  static TicketHolder of(AccountId account, String name, SignIn signIn) {
    return new TicketHolder(account.toString(), name, Optional.of(signIn), Optional.empty());
  }

  public static TicketHolder of(GuestId guest, String name) {
    return new TicketHolder(guest.toString(), name, Optional.empty(), Optional.of(guest));
  }

  /** Without the name, which is personal data. */
  @Override
  public String toString() {
    return "TicketHolder[" + person + "]";
  }
}
