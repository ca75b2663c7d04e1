package org.consilium.records.capability;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.records.text.SearchText;

/** What a site has. */
public record Capabilities(List<Capability> drugs, List<Capability> tests) {
  /** Whether it is there. */
  public enum Available implements Wire {
    YES,
    SOMETIMES,
    NO
  }

  /** A drug or a test by its name. */
  public record Capability(String name, Available available) {
    public Capability {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(available, "available");
    }
  }

  public Capabilities {
    drugs = drugs == null ? List.of() : List.copyOf(drugs);
    tests = tests == null ? List.of() : List.copyOf(tests);
  }

  /** What the site said of a drug, by any of its names; empty when it said nothing. */
  public Optional<Available> drug(List<String> names) {
    return find(drugs, names);
  }

  /** What the site said of a test; empty when it said nothing. */
  public Optional<Available> test(String name) {
    return find(tests, List.of(name));
  }

  private static Optional<Available> find(List<Capability> list, List<String> names) {
    var sought = names.stream().map(SearchText::of).toList();
    return list.stream()
        .filter(one -> sought.contains(SearchText.of(one.name())))
        .map(Capability::available)
        .findFirst();
  }
}
