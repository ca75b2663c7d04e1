package org.consilium.records.followup.loop;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.records.followup.FollowUp.NewOutcome;

/** Answers by link and short message, and the coordinators' list, over HTTP. */
public final class AnswerRoutes {
  public static final String CONTRACT = "openapi/follow-up.yaml";

  private static final String SECRET = "X-Consilium-Secret";

  private final Platform platform;
  private final AnswerService answers;
  private final ChaseList chases;

  public AnswerRoutes(Platform platform, AnswerService answers, ChaseList chases) {
    this.platform = platform;
    this.answers = answers;
    this.chases = chases;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("openFollowUpForm", this::open)
        .operation("answerFollowUpForm", this::answer)
        .operation("receiveText", this::text)
        .operation("listFollowUps", this::list);
  }

  private record Opening(String token, Optional<String> language) {}

  private Answer open(Call call) {
    var asked = call.body(Opening.class);
    return Answer.ok(answers.open(asked.token(), asked.language()));
  }

  private record Sending(String token, UUID sending, NewOutcome answer) {}

  private Answer answer(Call call) {
    var sent = call.body(Sending.class);
    return Answer.ok(answers.answer(sent.token(), sent.sending(), sent.answer()));
  }

  private record Text(String id, String from, String text) {}

  private record Reply(String reply) {}

  private Answer text(Call call) {
    var gateway =
        platform
            .texts()
            .gateway()
            .orElseThrow(
                () -> Refusal.notFound("no-text-messages", "This server takes no short messages."));
    if (call.header(SECRET).filter(gateway::isKnownBy).isEmpty()) {
      throw new Refusal(
          401, "not-the-gateway", "Send the secret of CONSILIUM_SMS_SECRET as " + SECRET + ".");
    }
    var text = call.body(Text.class);
    return Answer.ok(new Reply(answers.text(text.id(), text.from(), text.text())));
  }

  private record Chases(List<ChaseList.Chase> items) {}

  private Answer list(Call call) {
    return Answer.ok(new Chases(chases.list(call.tx())));
  }
}
