package org.consilium.records.form;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Sentence;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.form.FormEngine.Extent;
import org.consilium.records.form.FormStore.Published;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;
import org.consilium.records.text.CleanText;
import org.consilium.records.triage.FormSign;

/** Which forms there are, and whether a request's answers to them may be kept or sent. */
public final class FormService {
  private final Platform platform;
  private final FormStore forms;

  public FormService(Platform platform, FormStore forms) {
    this.platform = platform;
    this.forms = forms;
  }

  /** Adds the versions that come with this build, where they were not yet. */
  public void load(Tx tx) {
    ShippedForms.all().forEach(form -> forms.add(tx, Optional.empty(), form));
  }

  /**
   * A request's answers after the check.
   *
   * @param kept without the answers to what is not asked
   * @param dropped a sentence for each that was left out
   * @param signs the danger signs in them
   */
  public record Checked(
      List<FieldError> errors,
      List<Answers> kept,
      List<String> dropped,
      List<FormSign> signs,
      List<FormFacts.Fact> facts) {}

  /**
   * By what it is decided which forms are meant.
   *
   * @param asked the specialty that was asked for
   */
  public record Patient(Age age, Sex sex, boolean pregnant, Optional<String> asked) {}

  /** Checks all answers of a request; pointers below {@code base}, the place of the list. */
  public Checked check(
      Tx tx, OrganisationId owner, List<Answers> given, Age age, Extent extent, String base) {
    var checked =
        new Checked(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    var seen = new HashSet<String>();
    for (int i = 0; i < given.size(); i++) {
      var answers = given.get(i);
      var at = base + "/" + i;
      var form = forms.byCanonical(tx, owner, answers.questionnaire());
      if (form.isEmpty()) {
        checked
            .errors()
            .add(
                new FieldError(
                    at + "/questionnaire", "There is no form of this name and version."));
      } else if (!seen.add(form.get().url())) {
        checked.errors().add(new FieldError(at + "/questionnaire", "This form is answered twice."));
      } else {
        add(checked, form.get(), answers, age, tx, extent, at);
      }
    }
    return checked;
  }

  private static void add(
      Checked all, Form form, Answers answers, Age age, Tx tx, Extent extent, String at) {
    var one = FormEngine.check(form, answers, age, tx.now(), extent, at);
    all.errors().addAll(one.errors());
    all.dropped().addAll(one.dropped());
    all.kept().add(one.kept());
    all.signs().addAll(FormFacts.signs(form, one.kept()));
    all.facts().addAll(FormFacts.observations(form, one.kept()));
  }

  /** The danger signs in answers as the contract shapes them, for the caller's organisation. */
  public List<FormSign> signs(Tx tx, List<JsonNode> given, Age age) {
    var answers =
        List.of(CleanText.of(Json.MAPPER.convertValue(given, Answers[].class), Answers[].class));
    var checked = check(tx, tx.caller().organisation(), answers, age, Extent.DRAFT, "/answers");
    if (!checked.errors().isEmpty()) {
      throw Refusal.invalid(checked.errors());
    }
    return checked.signs();
  }

  /** What is missing because a form that asks for danger signs of this patient was not begun. */
  public List<FieldError> notBegun(
      Tx tx, OrganisationId owner, List<Answers> given, Patient about, String base) {
    var begun =
        given.stream()
            .map(answers -> answers.questionnaire().replaceFirst("\\|[^|]*$", ""))
            .collect(Collectors.toSet());
    return forms.current(tx, owner).stream()
        .map(Published::form)
        .filter(form -> form.asksForDanger() && !begun.contains(form.url()))
        .filter(
            form -> form.applies().to(about.age(), about.sex(), about.pregnant(), about.asked()))
        .filter(FormService::asksForDangerAtOnce)
        .map(form ->
            new FieldError(
                base,
                Sentence.of("field.form-danger", "Answer the danger signs of the form “{form}”.")
                    .with("form", form.title())))
        .toList();
  }

  /** Whether a danger sign is asked before anything else is answered. */
  private static boolean asksForDangerAtOnce(Form form) {
    var asked = Enabling.asked(form, Map.of());
    var found = new boolean[1];
    form.each(item -> found[0] |= item.danger().isPresent() && asked.contains(item.linkId()));
    return found[0];
  }

  /** The newest version of every form, for the caller's organisation. */
  List<Published> current(Tx tx) {
    return forms.current(tx, tx.caller().organisation());
  }

  Published find(Tx tx, String name, String version) {
    return forms
        .find(tx, tx.caller().organisation(), "urn:consilium:form:" + name, version)
        .orElseThrow(() -> Refusal.notFound("form-not-found", "There is no such form."));
  }

  /** The versions that answers were given to, for drawing them. */
  public List<Published> of(Tx tx, OrganisationId owner, List<Answers> answers) {
    return answers.stream()
        .map(Answers::questionnaire)
        .flatMap(name -> {
          int bar = name.lastIndexOf('|');
          return forms.find(tx, owner, name.substring(0, bar), name.substring(bar + 1)).stream();
        })
        .toList();
  }

  /** What would be published: the form as it will be kept, or a refusal that names all faults. */
  Published preview(Tx tx, JsonNode questionnaire) {
    var form = CleanText.of(read(questionnaire), Form.class, "/questionnaire");
    var faults =
        FormShape.faults(form).stream()
            .map(fault -> new FieldError("/questionnaire" + fault.pointer(), fault.detail()))
            .toList();
    if (!faults.isEmpty()) {
      throw Refusal.invalid(faults);
    }
    return new Published(form, true, FormStore.sha256(form), tx.now());
  }

  /** Publishes a version for the caller's organisation; the same again is the same. */
  Published publish(Tx tx, JsonNode questionnaire) {
    var wanted = preview(tx, questionnaire);
    var owner = tx.caller().organisation();
    var form = wanted.form();
    if (forms.add(tx, Optional.of(owner), form)) {
      platform.audit().append(tx, "form.publish", Subject.of("form", owner));
      return wanted;
    }
    var there =
        forms
            .find(tx, owner, form.url(), form.version())
            .orElseThrow(() -> new IllegalStateException("a form that is there was not found"));
    if (!there.sha256().equals(wanted.sha256())) {
      throw new Refusal(
          409,
          "form-frozen",
          "This version is published with other content and never changes. Choose a new version.",
          List.of(new FieldError("/questionnaire/version", "This version is taken.")));
    }
    return there;
  }

  private static Form read(JsonNode questionnaire) {
    try {
      return Json.MAPPER.treeToValue(questionnaire, Form.class);
    } catch (JsonMappingException unfit) {
      var pointer = new StringBuilder("/questionnaire");
      for (var step : unfit.getPath()) {
        pointer
            .append('/')
            .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
      }
      throw Refusal.invalid(
          pointer.toString(), "A form of this subset has nothing of this shape here.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
