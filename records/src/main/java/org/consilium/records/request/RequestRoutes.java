package org.consilium.records.request;

import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;

/** Case forms over HTTP. */
public final class RequestRoutes {
  private final RequestService requests;

  public RequestRoutes(RequestService requests) {
    this.requests = requests;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listDrafts", this::drafts)
        .operation("getRequest", this::get)
        .operation("saveRequest", this::save)
        .operation("discardRequest", this::discard)
        .operation("submitRequest", this::submit);
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

  private static Answer versioned(RequestShown request) {
    return Answer.ok(request).withHeader("ETag", "\"" + request.revision() + "\"");
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
