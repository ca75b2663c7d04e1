package org.consilium.records.fhir.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consilium.records.FhirJudge;
import org.junit.jupiter.api.Test;

/**
 * The table of shapes is what HL7's definitions say. To make it anew after a change of what it
 * holds: {@code mvn -pl records verify -Dit.test=ShapeTableIT -Dshapes.write=true}.
 */
class ShapeTableIT {
  private static final Path FILE =
      Path.of("src/main/resources/org/consilium/records/fhir/shape", ShapeTable.FILE);

  @Test
  void the_table_is_what_the_definitions_say() throws IOException {
    var made = new ShapeTableMaker(FhirJudge.definitions()).json();
    if (Boolean.getBoolean("shapes.write")) {
      Files.writeString(FILE, made);
    }
    assertThat(new String(shipped(), StandardCharsets.UTF_8)).isEqualTo(made);
  }

  private static byte[] shipped() throws IOException {
    return Files.readAllBytes(FILE);
  }
}
