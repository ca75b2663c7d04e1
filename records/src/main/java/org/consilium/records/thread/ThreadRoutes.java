package org.consilium.records.thread;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    return routes
        .operation("listMessages", this::list)
        .operation("postMessage", this::post)
        .operation("seeMessages", this::see);
  }

  private record SeenShown(PersonRef person, Instant at) {}

  private record Seen(MessageId upTo) {}

  private record Thread(List<MessageShown> items) {}

  private record MessageShown(
      MessageId id,
      PersonRef author,
      String authorRole,
      String text,
      String language,
      Optional<MessageId> replyTo,
      Instant sentAt,
      List<AttachmentId> attachments,
      List<SeenShown> seenBy) {}

  private Answer list(Call call) {
    return Answer.ok(new Thread(shown(call.tx(), threads.read(call.tx(), consult(call)))));
  }

  private Answer post(Call call) {
    var message = call.body(NewMessage.class);
    var posted = threads.post(call.tx(), consult(call), message);
    return Answer.created(shown(call.tx(), List.of(posted)).getFirst());
  }

  private Answer see(Call call) {
    threads.see(call.tx(), consult(call), call.body(Seen.class).upTo());
    return Answer.noContent();
  }

  private List<MessageShown> shown(Tx tx, List<Message> messages) {
    var authors =
        messages.stream()
            .flatMap(m ->
                Stream.concat(Stream.of(m.author()), m.seenBy().stream().map(Message.Seen::person)))
            .collect(Collectors.toSet());
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
                m.attachments(),
                m.seenBy().stream()
                    .map(s ->
                        new SeenShown(
                            new PersonRef(s.person(), people.get(s.person()).name()), s.at()))
                    .toList()))
        .toList();
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
