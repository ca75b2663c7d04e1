package org.consilium.records.request;

import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.form.FormRoutes;

/** Case forms over HTTP. */
public final class RequestRoutes {
  private final RequestService requests;
  private final SupplementService supplements;

  public RequestRoutes(RequestService requests, SupplementService supplements) {
    this.requests = requests;
    this.supplements = supplements;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listDrafts", this::drafts)
        .operation("getRequest", this::get)
        .operation("saveRequest", this::save)
        .operation("discardRequest", this::discard)
        .operation("submitRequest", this::submit)
        .operation("listRequestForms", this::forms)
        .operation("supplementRequest", this::supplement);
  }

  private record Drafts(List<RequestShown> items) {}

  private Answer drafts(Call call) {
    return Answer.ok(new Drafts(requests.drafts(call.tx())));
  }

  private Answer get(Call call) {
    return versioned(requests.read(call.tx(), consult(call)));
  }

  private Answer save(Call call) {
    var content = call.body(RequestContent.class);
    return versioned(requests.save(call.tx(), consult(call), call.ifMatch(), content));
  }

  private Answer discard(Call call) {
    requests.discard(call.tx(), consult(call));
    return Answer.noContent();
  }

  private Answer submit(Call call) {
    var submission = call.body(Submission.class);
    return Answer.created(requests.submit(call.tx(), consult(call), submission));
  }

  private record Forms(List<FormRoutes.Shown> items) {}

  private Answer forms(Call call) {
    return Answer.ok(new Forms(requests.forms(call.tx(), consult(call))));
  }

  private Answer supplement(Call call) {
    var content = call.body(Supplement.Content.class);
    return Answer.created(supplements.add(call.tx(), consult(call), content));
  }

  private static Answer versioned(RequestShown request) {
    return Answer.ok(request).withHeader("ETag", "\"" + request.revision() + "\"");
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
