package org.consilium.records.thread;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MessageId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;

/** A consult's thread over HTTP. */
public final class ThreadRoutes {
  private final Platform platform;
  private final ThreadService threads;

  public ThreadRoutes(Platform platform, ThreadService threads) {
    this.platform = platform;
    this.threads = threads;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("listMessages", this::list).operation("postMessage", this::post);
  }

  private record Thread(List<MessageShown> items) {}

  private record MessageShown(
      MessageId id,
      PersonRef author,
      String authorRole,
      String text,
      String language,
      Optional<MessageId> replyTo,
      Instant sentAt,
      List<AttachmentId> attachments) {}

  private Answer list(Call call) {
    return Answer.ok(new Thread(shown(call.tx(), threads.read(call.tx(), consult(call)))));
  }

  private Answer post(Call call) {
    var message = call.body(NewMessage.class);
    var posted = threads.post(call.tx(), consult(call), message);
    return Answer.created(shown(call.tx(), List.of(posted)).getFirst());
  }

  private List<MessageShown> shown(Tx tx, List<Message> messages) {
    var authors = messages.stream().map(Message::author).collect(Collectors.toSet());
    Map<AccountId, Person> people =
        authors.isEmpty() ? Map.of() : platform.directory().people(tx, authors);
    return messages.stream()
        .map(m ->
            new MessageShown(
                m.id(),
                new PersonRef(m.author(), people.get(m.author()).name()),
                m.authorRole(),
                m.text(),
                m.language(),
                m.replyTo(),
                m.sentAt(),
                m.attachments()))
        .toList();
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
