package org.consilium.deploy.bench.call;

import com.microsoft.playwright.Page;
import java.util.List;
import org.consilium.deploy.browser.Probe;
import org.consilium.deploy.browser.Probe.Look;

/** One call between the clinic, which is behind the link, and a specialist, who is not. */
public interface Conversation extends AutoCloseable {
  Page clinic();

  Page specialist();

  default List<Look> clinicLooks() {
    return Probe.looks(clinic());
  }

  default List<Look> specialistLooks() {
    return Probe.looks(specialist());
  }

  /** What the clinic heard since then. */
  default Heard clinicHeard(long from) {
    return Heard.of(clinicLooks(), specialistLooks(), from, Long.MAX_VALUE);
  }

  /** What the specialist heard since then. */
  default Heard specialistHeard(long from) {
    return Heard.of(specialistLooks(), clinicLooks(), from, Long.MAX_VALUE);
  }

  /** Lets the call go on. */
  default void last(double seconds) {
    clinic().waitForTimeout(seconds * 1000);
  }

  @Override
  default void close() {
    clinic().context().close();
    specialist().context().close();
  }
}
