package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.socket.TestCalls.Client;

/** Two people of another call who go on talking while somebody misbehaves. */
final class Bystanders implements AutoCloseable {
  private static final long GIVE_UP_SECONDS = 5;
  private static final long PAUSE_MILLIS = 25;

  private final Client rosa;
  private final Client ada;
  private final AtomicInteger said = new AtomicInteger();
  private final ScheduledExecutorService talk =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final Future<?> talking;

  Bystanders(TestCalls calls) {
    CallId call = CallId.random();
    rosa = calls.enter(call, "bystander rosa", CallRole.CLINICIAN);
    ada = calls.enter(call, "bystander ada", CallRole.SPECIALIST);
    talking = talk.scheduleWithFixedDelay(this::exchange, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void exchange() {
    int n = said.get() + 1;
    rosa.say("{'type':'chat','seq':" + n + ",'body':{'n':" + n + "}}");
    assertThat(ada.hear("chat").at("/body/n").asInt()).isEqualTo(n);
    ada.say("{'type':'chat','seq':" + n + ",'body':{'n':" + n + "}}");
    assertThat(rosa.hear("chat").at("/body/n").asInt()).isEqualTo(n);
    said.set(n);
  }

  /** Fails unless the two say something to each other from now on. */
  void goOn() {
    int before = said.get();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    while (said.get() < before + 2) {
      try {
        talking.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        assertThat(System.nanoTime()).as("the others went silent").isLessThan(until);
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError("the others were disturbed", e);
      }
    }
  }

  @Override
  public void close() {
    talk.shutdownNow();
  }
}
