package org.consilium.scheduling.booking;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;

/**
 * Whom and what an appointment needs besides the specialist and the clinic.
 *
 * @param withoutInterpreter somebody says that they get along without one where one is needed
 */
record Needs(
    Optional<AccountId> interpreter,
    Optional<AccountId> navigator,
    List<UUID> devices,
    boolean withoutInterpreter) {
  static final Needs NOTHING = new Needs(Optional.empty(), Optional.empty(), List.of(), false);

  Needs {
    devices = devices == null ? List.of() : devices.stream().distinct().toList();
  }

  /** What an appointment that is there already was booked with. */
  static Needs of(Appointment appointment) {
    return new Needs(
        appointment.part(ResourceRole.INTERPRETER).map(p -> new AccountId(p.resource())),
        appointment.part(ResourceRole.NAVIGATOR).map(p -> new AccountId(p.resource())),
        appointment.parts().stream()
            .filter(part -> part.role() == ResourceRole.DEVICE)
            .map(Appointment.Part::resource)
            .toList(),
        appointment.withoutInterpreter());
  }
}
