package org.consilium.records.note.signing;

import java.util.List;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.platform.identity.Role;

/** Which specialists of a network are trainees, over HTTP. */
public final class TraineeRoutes {
  private final Platform platform;
  private final TraineeStore trainees;

  public TraineeRoutes(Platform platform, TraineeStore trainees) {
    this.platform = platform;
    this.trainees = trainees;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("listTrainees", this::list).operation("markTrainee", this::mark);
  }

  private record Mark(AccountId accountId, boolean trainee) {}

  private record Shown(PersonRef person, boolean trainee) {}

  private record Page(List<Shown> items) {}

  private Answer list(Call call) {
    return Answer.ok(new Page(own(call).stream().map(person -> shown(call, person)).toList()));
  }

  private Answer mark(Call call) {
    var mark = call.body(Mark.class);
    var person =
        own(call).stream()
            .filter(one -> one.id().equals(mark.accountId()))
            .findFirst()
            .orElseThrow(() ->
                Refusal.notFound(
                    "person-not-found", "There is no such specialist in your organisation."));
    if (trainees.isTrainee(call.tx(), person.id()) != mark.trainee()) {
      trainees.mark(call.tx(), person.id(), mark.trainee());
      platform.audit().append(call.tx(), "trainee.mark", Subject.of("account", person.id()));
    }
    return Answer.created(shown(call, person));
  }

  private List<Person> own(Call call) {
    return platform.directory().membersOf(call.tx(), call.caller().organisation(), Role.SPECIALIST);
  }

  private Shown shown(Call call, Person person) {
    return new Shown(
        new PersonRef(person.id(), person.name()), trainees.isTrainee(call.tx(), person.id()));
  }
}
