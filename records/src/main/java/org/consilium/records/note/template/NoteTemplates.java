package org.consilium.records.note.template;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Routes;

/**
 * The order of a note's sections and their prompts by specialty. A template never changes what may
 * be said, only how it is asked for; a note keeps the id and version that it was written by.
 */
public record NoteTemplates(String version, List<Template> templates) {
  private static final String SHIPPED = "catalogue/note-templates-2026-1.json";
  private static final String GENERAL = "general";

  /** Read once: a version's content never changes. */
  private static final class Holder {
    private static final NoteTemplates TEMPLATES = read();
  }

  /** A part of a note, by the name of its field. */
  public enum Section {
    ANSWER("answer"),
    IMPRESSION("impression"),
    CERTAINTY("certainty"),
    RECOMMENDATIONS("recommendations"),
    AVOID("avoid"),
    WATCH_FOR("watchFor"),
    LIMITS("limits"),
    LEARNING_POINT("learningPoint");

    private final String field;

    Section(String field) {
      this.field = field;
    }

    @JsonValue
    public String field() {
      return field;
    }
  }

  /** What stands at one place of the form. */
  public record Asked(Section section, Optional<String> prompt) {}

  /** The form of one specialty. */
  public record Template(String id, List<Asked> sections) {}

  private record Shown(String id, String version, List<Asked> sections) {}

  /** Those that come with this build. */
  public static NoteTemplates shipped() {
    return Holder.TEMPLATES;
  }

  /** The template of a specialty, or the general one. */
  public Template of(Optional<String> specialty) {
    return specialty
        .flatMap(this::named)
        .or(() -> named(GENERAL))
        .orElseThrow(() -> new IllegalStateException("no general template"));
  }

  private Optional<Template> named(String id) {
    return templates.stream().filter(template -> template.id().equals(id)).findFirst();
  }

  /** Adds the operation that answers a template. */
  public static Routes addTo(Routes routes) {
    return routes.operation(
        "getNoteTemplate",
        call -> {
          var template = shipped().of(call.query("specialty"));
          return Answer.ok(new Shown(template.id(), shipped().version(), template.sections()));
        });
  }

  private static NoteTemplates read() {
    try (var in = NoteTemplates.class.getClassLoader().getResourceAsStream(SHIPPED)) {
      return Json.read(in.readAllBytes(), NoteTemplates.class);
    } catch (IOException e) {
      throw new UncheckedIOException(SHIPPED, e);
    }
  }
}
