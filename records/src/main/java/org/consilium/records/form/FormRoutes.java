package org.consilium.records.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.records.form.FormStore.Published;

/** Forms over HTTP. */
public final class FormRoutes {
  /** The operations of this feature. */
  public static final String CONTRACT = "openapi/forms.yaml";

  private final FormService forms;

  public FormRoutes(FormService forms) {
    this.forms = forms;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listForms", this::list)
        .operation("getForm", this::get)
        .operation("previewForm", this::preview)
        .operation("publishForm", this::publish);
  }

  /** A form without its items. */
  private record Head(
      String url,
      String name,
      String version,
      String title,
      Optional<String> description,
      Optional<String> approval,
      boolean own,
      boolean asksForDanger,
      List<String> specialties,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      boolean pregnant,
      String sha256,
      Instant publishedAt) {
    static Head of(Published published) {
      var form = published.form();
      var applies = form.applies();
      return new Head(
          form.url(),
          form.url().substring(form.url().lastIndexOf(':') + 1),
          form.version(),
          form.title(),
          form.description(),
          form.approval(),
          published.own(),
          form.asksForDanger(),
          applies.specialties(),
          applies.fromAgeDays(),
          applies.toAgeDays(),
          applies.pregnant(),
          published.sha256(),
          published.at());
    }
  }

  private record Heads(List<Head> items) {}

  /** A form with its items, as it is kept. */
  public record Shown(Form questionnaire, boolean own, String sha256, Instant publishedAt) {
    public static Shown of(Published published) {
      return new Shown(published.form(), published.own(), published.sha256(), published.at());
    }
  }

  private record Given(JsonNode questionnaire) {}

  private Answer list(Call call) {
    return Answer.ok(new Heads(forms.current(call.tx()).stream().map(Head::of).toList()));
  }

  private Answer get(Call call) {
    return Answer.ok(Shown.of(forms.find(call.tx(), call.path("form"), call.path("version"))));
  }

  private Answer preview(Call call) {
    var given = call.body(Given.class);
    return Answer.ok(Shown.of(forms.preview(call.tx(), given.questionnaire())));
  }

  private Answer publish(Call call) {
    var given = call.body(Given.class);
    return Answer.created(Shown.of(forms.publish(call.tx(), given.questionnaire())));
  }
}
