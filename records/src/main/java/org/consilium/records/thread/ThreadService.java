package org.consilium.records.thread;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MessageId;
import org.consilium.records.attachment.AttachmentStore;
import org.consilium.records.followup.FollowUpService.Author;
import org.consilium.records.followup.FollowUpStore;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CleanText;

/** What can be done with a consult's thread; each call within the caller's transaction. */
public final class ThreadService {
  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final MessageStore messages;
  private final FollowUpStore followUps;
  private final AttachmentStore attachments;

  public ThreadService(
      Platform platform,
      Team team,
      RequestStore requests,
      MessageStore messages,
      FollowUpStore followUps,
      AttachmentStore attachments) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.messages = messages;
    this.followUps = followUps;
    this.attachments = attachments;
  }

  List<Message> read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    var named = attachments.named(tx, standing);
    var seen = messages.seen(tx, standing);
    var thread =
        messages.thread(tx, standing).stream()
            .map(message -> message.naming(named.getOrDefault(message.id(), List.of())))
            .map(message -> message.seenBy(seen.getOrDefault(message.id(), List.of())))
            .toList();
    platform.audit().append(tx, "thread.read", Subject.consult(consult, standing.patient()));
    return thread;
  }

  /** The caller has had everything up to this message on the screen. */
  void see(Tx tx, ConsultId consult, MessageId upTo) {
    var standing = platform.careTeam().standing(tx, consult);
    if (messages.find(tx, standing, upTo).isEmpty()) {
      throw Refusal.invalid("/upTo", "This message is not in the thread; load it again.");
    }
    if (messages.see(tx, standing, upTo) > 0) {
      team.tell(tx, standing);
    }
  }

  /** Adds a message; the same one again is answered as it is. */
  public Message post(Tx tx, ConsultId consult, NewMessage given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(
        Relation.SPECIALIST,
        Relation.REQUESTER,
        Relation.CLINIC,
        Relation.COORDINATOR,
        Relation.SUPERVISOR,
        Relation.INTERPRETER);
    var message = CleanText.of(given, NewMessage.class);
    if (message.text().isBlank()) {
      throw Refusal.invalid("/text", "Write something.");
    }
    team.requireSubmitted(tx, requests, consult);
    requireAnswered(tx, standing, message);
    requireFiles(tx, standing, message);
    boolean afterClosing = followUps.isClosed(tx, standing);
    var relation = team.closest(standing);
    var author = tx.caller().account();
    if (messages.add(tx, standing, message, author, tx.caller().role(), relation)) {
      attachments.name(tx, standing, message.id(), message.named());
      publish(tx, standing, message, author, relation, afterClosing);
    }
    return messages
        .find(tx, standing, message.id())
        .map(
            kept -> kept.naming(attachments.named(tx, standing).getOrDefault(kept.id(), List.of())))
        .filter(kept -> kept.isSameAs(message, tx.caller().account()))
        .orElseThrow(
            () -> new Refusal(409, "id-taken", "Another message has this id; send it anew."));
  }

  /**
   * Adds a question that comes with news of the patient, in the name of who tells them.
   *
   * @param text clean
   */
  public void carry(Tx tx, Standing standing, String text, Author by) {
    var author = by.account();
    var language = platform.directory().person(tx, author).language();
    var message =
        new NewMessage(
            MessageId.random(),
            text,
            language,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    messages.add(tx, standing, message, author, by.role(), by.relation());
    publish(tx, standing, message, author, by.relation(), true);
  }

  private void requireAnswered(Tx tx, Standing standing, NewMessage message) {
    var replyTo = message.replyTo();
    if (replyTo.isPresent() && messages.find(tx, standing, replyTo.get()).isEmpty()) {
      throw Refusal.invalid("/replyTo", "The message you answer is not in this thread.");
    }
  }

  private void requireFiles(Tx tx, Standing standing, NewMessage message) {
    if (!attachments.hasAll(tx, standing, message.named())) {
      throw Refusal.invalid(
          "/attachments", "A file you name is not in this consult; add it first.");
    }
  }

  private void publish(
      Tx tx,
      Standing standing,
      NewMessage message,
      AccountId author,
      Relation relation,
      boolean afterClosing) {
    var consult = standing.consult();
    platform
        .outbox()
        .publish(
            tx, new MessagePosted(consult, message.id(), author, relation, afterClosing, tx.now()));
    platform
        .audit()
        .append(
            tx,
            "thread.post",
            Subject.consult(consult, standing.patient()).part("message", message.id()));
    team.tell(tx, standing);
  }
}
