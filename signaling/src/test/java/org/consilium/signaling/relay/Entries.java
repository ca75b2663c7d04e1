package org.consilium.signaling.relay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/** A journal that keeps one line for each entry. */
public final class Entries implements CallJournal {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** What was entered, for example {@code joined ada specialist 2}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void started(CallId call, ConsultId consult, Instant at) {
    lines.add("started");
  }

  @Override
  public void joined(CallId call, String person, CallRole role, int seat, Instant at) {
    lines.add("joined " + person + " " + role.text() + " " + seat);
  }

  @Override
  public void left(CallId call, String person, int seat, LeaveReason reason, Instant at) {
    lines.add("left " + person + " " + reason.text());
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    lines.add("ended " + reason);
  }

  @Override
  public void waiting(CallId call, String person, CallRole role, int seat, Instant at) {
    lines.add("waiting " + person);
  }

  @Override
  public void admitted(CallId call, String person, int seat, String byPerson, Instant at) {
    lines.add("admitted " + person + " by " + byPerson);
  }

  @Override
  public void roleChanged(
      CallId call, String person, int seat, CallRole role, String byPerson, Instant at) {
    lines.add("role " + person + " " + role.text() + " by " + byPerson);
  }

  @Override
  public void away(CallId call, String person, int seat, Instant at) {
    lines.add("away " + person);
  }

  @Override
  public void media(CallId call, String person, int seat, byte[] body, Instant at) {
    lines.add("media " + person + " " + new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void quality(CallId call, String person, int seat, byte[] body, Instant at) {
    lines.add("quality " + person + " " + new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void restarted(CallId call, String person, int seat, int peer, Instant at) {
    lines.add("restarted " + person + " with " + peer);
  }

  @Override
  public void back(CallId call, String person, int seat, boolean resumed, Instant at) {
    lines.add("back " + person + " " + resumed);
  }
}
