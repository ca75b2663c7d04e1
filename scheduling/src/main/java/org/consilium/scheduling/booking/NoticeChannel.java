package org.consilium.scheduling.booking;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;

/**
 * A way to reach a person, used in the transaction of what they are told of. One that leaves the
 * program (mail, SMS) must only write down what is to be sent.
 */
public interface NoticeChannel {
  /**
   * What is to be said: ids and codes, from which the words are made for the reader.
   *
   * @param start of the appointment, or of the time that is offered
   * @param was the start before it was moved
   */
  record Notice(
      AccountId to,
      NoticeKind kind,
      AppointmentId appointment,
      ConsultId consult,
      Instant start,
      Optional<Instant> was) {}

  void send(Tx tx, Notice notice);
}
