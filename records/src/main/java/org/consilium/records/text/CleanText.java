package org.consilium.records.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;

/**
 * Text as it is kept: in Unicode's composed form (NFC), so that the same word typed on two
 * keyboards is found as one. What cannot be kept or would be read differently from what is stored
 * is refused with its place: U+0000, half a surrogate pair, the overrides that turn the reading
 * order round.
 */
public final class CleanText {
  private CleanText() {}

  /** The same value with every string in NFC; a 422 that names each bad field. */
  public static <T> T of(T value, Class<T> type) {
    return of(value, type, "");
  }

  /**
   * The same for a part of a body.
   *
   * @param base pointer to the part
   */
  public static <T> T of(T value, Class<T> type, String base) {
    var errors = new ArrayList<FieldError>();
    var clean = clean(Json.tree(value), base, errors);
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    try {
      return Json.MAPPER.treeToValue(clean, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(type + " does not read back what it writes", e);
    }
  }

  private static JsonNode clean(JsonNode node, String pointer, List<FieldError> errors) {
    return switch (node) {
      case ObjectNode object -> {
        var clean = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(entry ->
                clean.set(
                    entry.getKey(),
                    clean(entry.getValue(), pointer + "/" + entry.getKey(), errors)));
        yield clean;
      }
      case ArrayNode array -> {
        var clean = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < array.size(); i++) {
          clean.add(clean(array.get(i), pointer + "/" + i, errors));
        }
        yield clean;
      }
      case TextNode text -> {
        if (!canBeKept(text.textValue())) {
          errors.add(
              new FieldError(
                  pointer, "There is a character in it that cannot be kept; retype it."));
        }
        yield TextNode.valueOf(Normalizer.normalize(text.textValue(), Normalizer.Form.NFC));
      }
      default -> node;
    };
  }

  private static boolean canBeKept(String text) {
    return text.codePoints()
        .noneMatch(c ->
            c == 0
                || c == 0x202D
                || c == 0x202E
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
