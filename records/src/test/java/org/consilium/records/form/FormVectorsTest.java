package org.consilium.records.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Json;
import org.consilium.records.form.FormEngine.Extent;
import org.consilium.records.patient.Age;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The engine against the vectors that the browser's engine is held against too ({@code
 * web-client/src/forms/engine.test.ts}).
 */
class FormVectorsTest {
  static final String FILE = "forms/vectors.json";

  record Vectors(Instant now, Form form, List<Vector> vectors) {}

  record Vector(
      String name,
      int ageDays,
      boolean complete,
      List<Answers.Given> item,
      List<String> errors,
      List<String> dropped) {}

  static Vectors vectors() {
    try (var in = FormVectorsTest.class.getClassLoader().getResourceAsStream(FILE)) {
      return Json.read(in.readAllBytes(), Vectors.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> each_vector_comes_out_as_written() {
    var all = vectors();
    return all.vectors().stream()
        .map(vector -> dynamicTest(vector.name(), () -> hold(all, vector)));
  }

  private static void hold(Vectors all, Vector vector) {
    var given = new Answers(all.form().canonical(), vector.item());
    var checked =
        FormEngine.check(
            all.form(),
            given,
            Age.days(vector.ageDays()),
            all.now(),
            vector.complete() ? Extent.COMPLETE : Extent.DRAFT,
            "");
    assertThat(checked.errors())
        .extracting(FieldError::pointer)
        .containsExactlyElementsOf(vector.errors());
    assertThat(checked.dropped()).hasSameSizeAs(vector.dropped());
    for (int i = 0; i < vector.dropped().size(); i++) {
      var linkId = vector.dropped().get(i);
      all.form()
          .each(item -> {
            if (item.linkId().equals(linkId)) {
              assertThat(checked.dropped()).anyMatch(word -> word.contains(item.text()));
            }
          });
    }
    if (vector.dropped().isEmpty() && vector.errors().isEmpty()) {
      assertThat(checked.kept()).isEqualTo(given);
    }
  }

  @Test
  void the_form_of_the_vectors_and_every_shipped_form_may_be_published() {
    assertThat(FormShape.faults(vectors().form())).isEmpty();
    for (var form : ShippedForms.all()) {
      assertThat(FormShape.faults(form)).as(form.url()).isEmpty();
      assertThat(form.approval().orElseThrow()).contains("needs a clinician's approval");
    }
  }

  @Test
  void a_shipped_form_reads_back_what_it_writes() {
    for (var form : ShippedForms.all()) {
      assertThat(Json.read(Json.write(form), Form.class)).isEqualTo(form);
    }
  }
}
