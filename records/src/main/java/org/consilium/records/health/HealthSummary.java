package org.consilium.records.health;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.PatientId;
import org.consilium.records.patient.Allergies;

/**
 * What is known of a patient beyond one consult.
 *
 * @param items the newest version of each, in the order of their adding
 */
record HealthSummary(PatientId patient, Allergies allergies, List<HealthItem> items) {
  /** Whether anything is known of a kind. */
  enum State implements Wire {
    LISTED,
    /** Somebody asked, and there is none. */
    NONE_KNOWN,
    /** Nobody has said anything. */
    NOT_SAID
  }

  /** What is shown of a kind: what holds now first, the latest before the earlier. */
  List<HealthItem> listed(HealthItem.Kind kind) {
    return items.stream()
        .filter(item -> item.kind() == kind && !item.noneKnown())
        .sorted(
            Comparator.comparing(HealthItem::status)
                .thenComparing(HealthSummary::began, Comparator.reverseOrder()))
        .toList();
  }

  private static LocalDate began(HealthItem item) {
    return item.onset().map(PartialDate::from).orElse(LocalDate.MIN);
  }

  /** That there is none, where nothing else is on the list now. */
  Optional<HealthItem> noneKnown(HealthItem.Kind kind) {
    boolean listed =
        items.stream()
            .anyMatch(item -> item.kind() == kind && !item.noneKnown() && item.isActive());
    return items.stream()
        .filter(item -> item.kind() == kind && item.noneKnown() && item.isActive() && !listed)
        .findFirst();
  }

  State state(HealthItem.Kind kind) {
    if (noneKnown(kind).isPresent()) {
      return State.NONE_KNOWN;
    }
    boolean listed =
        items.stream()
            .anyMatch(item -> item.kind() == kind && !item.noneKnown() && !item.isInError());
    return listed ? State.LISTED : State.NOT_SAID;
  }
}
