package org.consilium.platform.program;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a program may do, in the words of SMART App Launch 2: {@code system/Patient.rs} reads and
 * searches patients, {@code system/*.rs} everything that its organisation owns.
 */
public record Scopes(Set<String> all) {
  private static final Pattern SHAPE =
      Pattern.compile("system/(\\*|[A-Z][A-Za-z]{2,39})\\.(?=.)(c?r?u?d?s?)");

  /** What a program does with a type of resource. */
  public enum Act {
    CREATE('c'),
    READ('r'),
    UPDATE('u'),
    SEARCH('s');

    private final char letter;

    Act(char letter) {
      this.letter = letter;
    }
  }

  public Scopes {
    all = Set.copyOf(all);
  }

  /** Whether a text is a scope that programs can have. */
  public static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }

  static Scopes of(Collection<String> scopes) {
    return new Scopes(new LinkedHashSet<>(scopes));
  }

  /** Scopes as OAuth writes them: apart by spaces. */
  static Scopes parse(String text) {
    return of(Arrays.stream(text.strip().split(" +")).filter(one -> !one.isEmpty()).toList());
  }

  /** Whether {@code act} on resources of {@code type} is allowed. */
  public boolean allow(String type, Act act) {
    return all.stream().anyMatch(scope -> allows(scope, type, act.letter));
  }

  /** Whether reading and searching everything is allowed. */
  public boolean allowAll() {
    return allow("*", Act.READ) && allow("*", Act.SEARCH);
  }

  private static boolean allows(String scope, String type, char act) {
    var shape = SHAPE.matcher(scope);
    return shape.matches()
        && (shape.group(1).equals("*") || shape.group(1).equals(type))
        && shape.group(2).indexOf(act) >= 0;
  }

  /** Whether each scope of {@code wanted} is covered by these. */
  boolean cover(Scopes wanted) {
    return wanted.all.stream()
        .allMatch(scope -> {
          var shape = SHAPE.matcher(scope);
          return shape.matches()
              && shape.group(2).chars().allMatch(act -> covers(shape.group(1), (char) act));
        });
  }

  private boolean covers(String type, char act) {
    return all.stream().anyMatch(own -> allows(own, type, act));
  }

  /** As OAuth writes them, in one order. */
  String text() {
    return all.stream().sorted().collect(Collectors.joining(" "));
  }

  List<String> sorted() {
    return all.stream().sorted().toList();
  }
}
