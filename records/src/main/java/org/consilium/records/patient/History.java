package org.consilium.records.patient;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.PersonRef;

/** Who changed what of a patient's particulars, when and why; merges with their undoing. */
record History(List<Entry> items, List<MergeShown> merges) {

  /** One act. A merge is an entry of both records. */
  record Entry(
      int version,
      String act,
      PersonRef by,
      Instant at,
      Optional<String> reason,
      List<Change> changes) {}

  /**
   * One particular that the act changed.
   *
   * @param field JSON pointer into the particulars
   */
  record Change(String field, Optional<String> before, Optional<String> after) {}

  /** A merge as it was asked for. */
  record MergeShown(
      Side survivor,
      Side merged,
      String reason,
      PersonRef by,
      Instant at,
      Optional<UndoneShown> undone) {}

  /** One of the two records, as it was called then. */
  record Side(PatientId id, String localNumber, Optional<String> name) {}

  /** That it was a mistake. */
  record UndoneShown(String reason, PersonRef by, Instant at) {}

  /** Every act with what it changed, the newest first. */
  static List<Entry> entries(
      List<MergeStore.Version> oldestFirst, Function<AccountId, PersonRef> person) {
    var entries = new ArrayList<Entry>();
    JsonNode before = Json.MAPPER.createObjectNode();
    for (var one : oldestFirst) {
      var after = one.particulars();
      entries.addFirst(
          new Entry(
              one.version(),
              one.version() == 1 ? "register" : one.act(),
              person.apply(one.by()),
              one.at(),
              one.reason(),
              changes(before, after)));
      before = after;
    }
    return entries;
  }

  /** What differs, leaf by leaf. Nothing is said of leaves that both tell the same way. */
  static List<Change> changes(JsonNode before, JsonNode after) {
    var were = leaves(before);
    var are = leaves(after);
    var changes = new ArrayList<Change>();
    var pointers = new LinkedHashSet<>(were.keySet());
    pointers.addAll(are.keySet());
    for (var pointer : pointers) {
      var was = Optional.ofNullable(were.get(pointer));
      var is = Optional.ofNullable(are.get(pointer));
      if (!was.equals(is)) {
        changes.add(new Change(pointer, was, is));
      }
    }
    return changes;
  }

  private static Map<String, String> leaves(JsonNode node) {
    var leaves = new LinkedHashMap<String, String>();
    collect(node, "", leaves);
    return leaves;
  }

  private static void collect(JsonNode node, String at, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> collect(entry.getValue(), at + "/" + entry.getKey(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), at + "/" + i, leaves);
      }
    } else if (!node.isNull() && !(node.isBoolean() && !node.booleanValue())) {
      leaves.put(at, node.asText());
    }
  }
}
