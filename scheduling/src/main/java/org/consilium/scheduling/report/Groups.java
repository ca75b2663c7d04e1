package org.consilium.scheduling.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.report.Report.Group;

/** Puts counted measures together to groups, weeks and the whole. Pure. */
final class Groups {
  private Groups() {}

  static Group total(List<ReportStore.Counted> counted) {
    var all = counted.stream().filter(c -> c.group().isEmpty() && c.week().isEmpty()).toList();
    return all.isEmpty() ? nothing("", "") : group("", "", all);
  }

  static List<Group> weeks(Period period, List<ReportStore.Counted> counted) {
    var byWeek = byKey(counted, ReportStore.Counted::week);
    var weeks = new ArrayList<Group>();
    for (var monday : period.weeks()) {
      // The database counts the places of an array from 1.
      var measures = byWeek.get(weeks.size() + 1);
      var key = monday.toString();
      weeks.add(measures == null ? nothing(key, key) : group(key, key, measures));
    }
    return weeks;
  }

  static <K> Map<K, List<ReportStore.Counted>> byKey(
      List<ReportStore.Counted> counted, Function<ReportStore.Counted, Optional<K>> key) {
    return counted.stream()
        .filter(c -> key.apply(c).isPresent())
        .collect(Collectors.groupingBy(c -> key.apply(c).orElseThrow()));
  }

  static Group nothing(String key, String label) {
    return new Group(key, label, 0, null, null, null, null);
  }

  static Group group(String key, String label, List<ReportStore.Counted> measures) {
    var named =
        measures.stream()
            .collect(Collectors.toMap(ReportStore.Counted::name, ReportStore.Counted::measure));
    return new Group(
        key,
        label,
        measures.getFirst().consults(),
        null,
        named.get("allocated"),
        named.get("answered"),
        named.get("closed"));
  }

  /** Urgencies by urgency, everything else by how much there is of it. */
  static Comparator<Group> order(Grouping by) {
    return by == Grouping.URGENCY
        ? Comparator.comparing(group -> Wire.parse(Urgency.class, group.key()))
        : Comparator.comparing(Group::consults).reversed().thenComparing(Group::label);
  }
}
