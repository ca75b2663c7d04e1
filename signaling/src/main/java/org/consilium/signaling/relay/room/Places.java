package org.consilium.signaling.relay.room;

import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Which seat each resume token of this server stands for. Safe on any thread. */
final class Places {
  private final ConcurrentHashMap<String, Place> places = new ConcurrentHashMap<>();

  private record Place(ServedRoom served, int seat) {}

  /** Whether a token of this print stands for a seat now. */
  boolean knows(String print) {
    return places.containsKey(print);
  }

  /** The seat, when it is one of this room. */
  OptionalInt seat(String print, ServedRoom served) {
    Place place = places.get(print);
    return place == null || place.served != served
        ? OptionalInt.empty()
        : OptionalInt.of(place.seat);
  }

  /** The secrets of one room's seats. */
  ResumeTokens of(ServedRoom served) {
    return new ResumeTokens() {
      @Override
      public String issue(int seat) {
        String token = ResumeToken.make(served.room.call(), seat);
        restore(ResumeToken.print(token), seat);
        return token;
      }

      @Override
      public void restore(String print, int seat) {
        places.put(print, new Place(served, seat));
      }

      @Override
      public void withdraw(String print) {
        places.remove(print);
      }
    };
  }
}
