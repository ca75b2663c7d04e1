package org.consilium.scheduling.consult;

/** Every way an act on a consult can end. */
public sealed interface Step {
  /** It is so now; the consult is to be saved. */
  record Taken(Consult consult) implements Step {}

  /** It was so already: doing it again changes nothing. */
  record AlreadySo(Consult consult) implements Step {}

  /** Not in this state. */
  record NotNow(Status status) implements Step {}
}
