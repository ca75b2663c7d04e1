package org.consilium.records.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.consilium.platform.http.Json;

/** The forms that come with this build, in the order in which they are shown. */
public final class ShippedForms {
  private static final List<String> FILES =
      List.of(
          "more-2026-1",
          "child-2026-1",
          "pregnancy-2026-1",
          "skin-2026-1",
          "wound-2026-1",
          "imaging-2026-1",
          "ecg-2026-1",
          "eye-2026-1",
          "mental-health-2026-1",
          "infectious-2026-1",
          "ent-2026-1");

  private ShippedForms() {}

  /** Every shipped version. */
  public static List<Form> all() {
    return FILES.stream().map(ShippedForms::read).toList();
  }

  private static Form read(String file) {
    var name = "catalogue/forms/" + file + ".json";
    try (var in = ShippedForms.class.getClassLoader().getResourceAsStream(name)) {
      return Json.read(in.readAllBytes(), Form.class);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
