package org.consilium.signaling.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.id.CallId;

/**
 * What the clients of the calls that are up have said of their media and links, until it is written
 * down. Used by one thread. A killed server loses the figures of those who were there.
 */
public final class CallMedia {
  private final Map<CallId, Map<String, Person>> calls = new HashMap<>();

  private static final class Person {
    private final LinkSamples link = new LinkSamples();
    private MediaMode mode;
  }

  private Person of(CallId call, String person) {
    return calls
        .computeIfAbsent(call, _ -> new HashMap<>())
        .computeIfAbsent(person, _ -> new Person());
  }

  /** The mode that this body tells, when it is another than before. */
  public Optional<MediaMode> changed(CallId call, String person, byte[] mediaBody) {
    var mode = MediaMode.of(mediaBody);
    if (mode.isEmpty() || mode.get() == of(call, person).mode) {
      return Optional.empty();
    }
    of(call, person).mode = mode.get();
    return mode;
  }

  /** Takes a {@code quality} body. */
  public void sampled(CallId call, String person, byte[] qualityBody) {
    of(call, person).link.add(qualityBody);
  }

  /** Forgets the person; how their link did. */
  public Optional<LinkSamples.Summary> gone(CallId call, String person) {
    var people = calls.get(call);
    var gone = people == null ? null : people.remove(person);
    return gone == null ? Optional.empty() : gone.link.summary();
  }

  /** Forgets the call; how the links of those who were still there did. */
  public Map<String, LinkSamples.Summary> ended(CallId call) {
    var people = calls.remove(call);
    return people == null
        ? Map.of()
        : people.entrySet().stream()
            .filter(entry -> entry.getValue().link.summary().isPresent())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> entry.getValue().link.summary().orElseThrow()));
  }
}
