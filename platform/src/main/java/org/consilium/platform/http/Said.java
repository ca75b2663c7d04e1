package org.consilium.platform.http;

import java.util.Map;

/**
 * What a client needs to say a sentence of the server in another language.
 *
 * @param code names the sentence; stable, for example {@code ladder.remind}
 * @param values what stands in it, by name: names and figures as they are, things of a catalogue by
 *     their code, days as {@code 2026-03-31}, a moment by somebody's clock as {@code
 *     2026-03-31T14:00}
 */
public record Said(String code, Map<String, String> values) {
  public Said {
    values = Map.copyOf(values);
  }
}
