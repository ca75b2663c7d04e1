package org.consilium.records.fhir.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.consilium.records.FhirJudge;
import org.junit.jupiter.api.Test;

/** What is FHIR passes, what is not is refused; HL7's validator says the same beside it. */
class ShapeIT {
  private static final Path EXAMPLES = Path.of("src/test/resources/fhir/examples");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Broken in one place; {@code path} is what the refusal names. */
  private record Broken(String example, String path, Consumer<ObjectNode> how) {}

  private static final List<Broken> BROKEN =
      List.of(
          of("patient-example", "Patient.colour", p -> p.put("colour", "blue")),
          of("patient-example", "Patient.name", p -> p.set("name", p.at("/name/0"))),
          of("patient-example", "Patient.name", p -> p.set("name", JSON.createArrayNode())),
          of("patient-example", "Patient.active", p -> p.put("active", "true")),
          of("patient-example", "Patient.gender", p -> p.put("gender", "f")),
          of("patient-example", "Patient.gender", p -> p.put("gender", "")),
          of("patient-example", "Patient.gender", p -> p.putArray("gender").add("male")),
          of("patient-example", "Patient.birthDate", p -> p.put("birthDate", "1974-02-30")),
          of("patient-example", "Patient.birthDate", p -> p.put("birthDate", "25.12.1974")),
          of("patient-example", "Patient.birthDate", p -> p.put("birthDate", 1974)),
          of("patient-example", "Patient.id", p -> p.put("id", "an id with spaces")),
          of(
              "patient-example",
              "Patient.contact[0]",
              p -> p.putArray("contact").addObject().put("gender", "female")),
          of(
              "patient-example",
              "Patient.deceasedDateTime",
              p -> p.put("deceasedBoolean", false).put("deceasedDateTime", "2020-01-01")),
          of(
              "patient-example",
              "Patient.deceasedDateTime",
              p ->
                  p.<ObjectNode>without("deceasedBoolean")
                      .put("deceasedDateTime", "2020-01-01T10:00:00")),
          of(
              "patient-example",
              "Patient.telecom[1]",
              p -> ((ObjectNode) p.at("/telecom/1")).remove("system")),
          of(
              "patient-example",
              "Patient.name[0].period",
              p ->
                  ((ObjectNode) p.at("/name/0"))
                      .putObject("period")
                      .put("start", "2020-01-02")
                      .put("end", "2020-01-01")),
          of(
              "patient-example",
              "Patient.managingOrganization",
              p -> p.putObject("managingOrganization").put("reference", "Practitioner/1")),
          of(
              "patient-example",
              "Patient.generalPractitioner[0]",
              p -> p.putArray("generalPractitioner").addObject().put("reference", "#nobody")),
          of(
              "patient-example",
              "Patient.contained[0]",
              p ->
                  p.putArray("contained")
                      .addObject()
                      .put("resourceType", "Organization")
                      .put("id", "o")
                      .put("name", "Unused")),
          of(
              "patient-example",
              "Patient.extension[0]",
              p -> p.putArray("extension").addObject().put("url", "urn:x:y")),
          of(
              "patient-example",
              "Patient.extension[0].url",
              p -> p.putArray("extension").addObject().put("valueString", "x")),
          of("patient-example", "Patient.maritalStatus", p -> p.putObject("maritalStatus")),
          of(
              "patient-example",
              "Patient.multipleBirthInteger",
              p -> p.put("multipleBirthInteger", 1.5)),
          of(
              "patient-example",
              "Patient.photo[0]",
              p -> p.putArray("photo").addObject().put("data", "aGVsbG8=")),
          of(
              "patient-example",
              "Patient.photo[0].data",
              p ->
                  p.putArray("photo")
                      .addObject()
                      .put("contentType", "image/png")
                      .put("data", "?!")),
          of(
              "patient-example",
              "Patient.communication[0].language",
              p -> p.putArray("communication").addObject().put("preferred", true)),
          of(
              "patient-example",
              "Patient.link[0].type",
              p ->
                  p.putArray("link")
                      .addObject()
                      .put("type", "same")
                      .putObject("other")
                      .put("reference", "Patient/1")),
          of("patient-example", "Patient.text.div", p -> narrative(p, "<script>x()</script>")),
          of("patient-example", "Patient.text.div", p -> narrative(p, "<p onclick=\"x()\">a</p>")),
          of(
              "patient-example",
              "Patient.text.div",
              p -> narrative(p, "<a href=\"java&#10;script:x()\">a</a>")),
          of("patient-example", "Patient.text.div", p -> narrative(p, "")),
          of("patient-example", "Patient.text.div", p -> narrative(p, "<p>not closed")),
          of(
              "patient-example",
              "Patient.text.status",
              p -> ((ObjectNode) p.get("text")).put("status", "made-up")),
          of("observation-example", "Observation.status", o -> o.remove("status")),
          of("observation-example", "Observation.code", o -> o.remove("code")),
          of(
              "observation-example",
              "Observation",
              o -> o.putObject("dataAbsentReason").put("text", "unknown")),
          of("observation-example", "Observation.valueString", o -> o.put("valueString", "185")),
          of(
              "observation-example",
              "Observation.valueQuantity.value",
              o -> ((ObjectNode) o.get("valueQuantity")).put("value", "185")),
          of(
              "observation-example",
              "Observation.valueQuantity",
              o -> ((ObjectNode) o.get("valueQuantity")).remove("system")),
          of(
              "observation-example",
              "Observation.effectiveDateTime",
              o -> o.put("effectiveDateTime", "2016-03-28T09:00")),
          of(
              "observation-example",
              "Observation.subject",
              o -> o.putObject("subject").put("reference", "Practitioner/f001")),
          of(
              "observation-example",
              "Observation.referenceRange[0]",
              o ->
                  o.putArray("referenceRange").addObject().putObject("type").put("text", "normal")),
          of("observation-example", "Observation.issued", o -> o.put("issued", "2016-03-28")),
          of("allergyintolerance-example", "AllergyIntolerance", a -> a.remove("clinicalStatus")),
          of(
              "allergyintolerance-example",
              "AllergyIntolerance.clinicalStatus",
              a -> ((ObjectNode) a.at("/clinicalStatus/coding/0")).put("code", "gone")),
          of("allergyintolerance-example", "AllergyIntolerance.patient", a -> a.remove("patient")),
          of(
              "allergyintolerance-example",
              "AllergyIntolerance.category[0]",
              a -> a.putArray("category").add("dust")),
          of(
              "consent-example",
              "Consent",
              c -> c.<ObjectNode>without("policyRule").remove("policy")),
          of(
              "questionnaireresponse-example-bluebook",
              "QuestionnaireResponse.item[0]",
              q ->
                  ((ObjectNode) q.at("/item/0"))
                      .putArray("answer")
                      .addObject()
                      .put("valueString", "both")),
          of("condition-example", "Condition", c -> c.put("abatementString", "in spring")));

  private static Broken of(String example, String path, Consumer<ObjectNode> how) {
    return new Broken(example, path, how);
  }

  private static void narrative(ObjectNode resource, String inner) {
    ((ObjectNode) resource.get("text"))
        .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + inner + "</div>");
  }

  /** One of them names a person where R4 wants an organisation; HL7's validator does not look. */
  @Test
  void every_official_example_passes() throws IOException {
    try (var files = Files.list(EXAMPLES)) {
      var examples = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertThat(examples).hasSizeGreaterThan(45);
      for (var example : examples) {
        var bytes = Files.readAllBytes(example);
        var faults = Shape.faults((ObjectNode) JSON.readTree(bytes));
        boolean wrong = example.endsWith("medicationrequest0301.json");
        assertThat(faults)
            .as(example.toString())
            .extracting(Fault::path)
            .isEqualTo(wrong ? List.of("MedicationRequest.dispenseRequest.performer") : List.of());
      }
    }
  }

  @Test
  void what_is_broken_is_refused_with_the_element_named() throws IOException {
    var onlyHere = new TreeSet<String>();
    for (var broken : BROKEN) {
      var resource = example(broken.example());
      broken.how().accept(resource);
      var faults = Shape.faults(resource);
      assertThat(faults).as(broken.path()).extracting(Fault::path).contains(broken.path());
      if (FhirJudge.errors(JSON.writeValueAsBytes(resource)).isEmpty()) {
        onlyHere.add(broken.path());
      }
    }
    assertThat(BROKEN).hasSizeGreaterThanOrEqualTo(40);
    assertThat(onlyHere)
        .as("HL7's validator looks up what is referred to, and lets pass what it does not find")
        .containsExactly("Observation.subject", "Patient.managingOrganization");
  }

  @Test
  void nesting_ends_somewhere_and_many_faults_are_told_at_once() throws IOException {
    var deep = example("questionnaireresponse-example-bluebook");
    var items = deep.putArray("item");
    for (int i = 0; i < 100; i++) {
      items = items.addObject().put("linkId", "1").putArray("item");
    }
    items.addObject().put("linkId", "1");
    assertThat(Shape.faults(deep)).anyMatch(fault -> fault.detail().contains("deeply"));

    var patient = example("patient-example");
    patient.put("gender", "f").put("birthDate", "then").put("shoe", 42);
    assertThat(Shape.faults(patient))
        .extracting(Fault::path)
        .containsExactlyInAnyOrder("Patient.gender", "Patient.birthDate", "Patient.shoe");
    var unknown = JSON.createObjectNode().put("resourceType", "Spaceship");
    assertThat(Shape.faults(unknown)).hasSize(1);
    assertThat(Shape.faults(JSON.createObjectNode())).hasSize(1);
  }

  private static ObjectNode example(String name) {
    try {
      return (ObjectNode) JSON.readTree(EXAMPLES.resolve(name + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
