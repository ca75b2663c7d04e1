package org.consilium.records.note.draft;

import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;

/** Drafts over HTTP. */
public final class DraftRoutes {
  private final DraftService drafts;

  public DraftRoutes(DraftService drafts) {
    this.drafts = drafts;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("saveNoteDraft", this::save)
        .operation("discardNoteDraft", this::discard);
  }

  private Answer save(Call call) {
    var draft =
        drafts.save(
            call.tx(),
            consult(call),
            call.pathId("draftId"),
            call.ifMatch(),
            call.body(Draft.Typed.class));
    return Answer.ok(draft).withHeader("ETag", "\"" + draft.revision() + "\"");
  }

  private Answer discard(Call call) {
    int revision = call.queryNumber("revision").orElseThrow();
    drafts.discard(call.tx(), consult(call), call.pathId("draftId"), revision);
    return Answer.noContent();
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
