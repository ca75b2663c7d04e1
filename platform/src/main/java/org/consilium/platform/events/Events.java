package org.consilium.platform.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;

/** Who listens to what. Connected once at start, in one place of the program. */
public final class Events {
  private final Map<String, Listener> listeners = new LinkedHashMap<>();

  record Listener(
      String name, Class<? extends DomainEvent> event, BiConsumer<Tx, DomainEvent> effect) {
    void tell(Tx tx, String body) {
      effect.accept(tx, Json.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), event));
    }
  }

  /**
   * Registers a listener. Its effect runs in one transaction of the server's own with the mark that
   * it is done; after a failure it runs again, so doing it twice must do no harm.
   *
   * @param listener a name that stays the same over releases: deliveries are kept under it
   */
  public <E extends DomainEvent> void on(
      Class<E> event, String listener, BiConsumer<Tx, E> effect) {
    var entry = new Listener(listener, event, (tx, e) -> effect.accept(tx, event.cast(e)));
    if (listeners.putIfAbsent(listener, entry) != null) {
      throw new IllegalArgumentException("two listeners named " + listener);
    }
  }

  List<String> listeners(Class<? extends DomainEvent> event) {
    return listeners.values().stream()
        .filter(listener -> listener.event().equals(event))
        .map(Listener::name)
        .toList();
  }

  Listener named(String listener) {
    return listeners.get(listener);
  }
}
