package org.consilium.scheduling.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.report.Report.About;
import org.consilium.scheduling.report.Report.Group;

/**
 * The figures of an organisation. A clinic network's are of its own consults, read with the
 * caller's own sight. A network of volunteers gets those that its people took, counted with the
 * server's sight and told in counts that point at nobody.
 */
public final class ReportService {
  private static final int LATE_SHOWN_MAX = 100;
  private static final int UNASKED_SHOWN_MAX = 50;

  private final Platform platform;
  private final ReportStore store;

  public ReportService(Platform platform) {
    this(platform, new ReportStore());
  }

  ReportService(Platform platform, ReportStore store) {
    this.platform = platform;
    this.store = store;
  }

  /** Who asks, and of what: decided once for each report. */
  private record View(Scope scope, OrganisationId organisation, Period period) {
    About about() {
      return About.of(scope, period);
    }

    boolean isOthers() {
      return scope == Scope.HELPED;
    }
  }

  private View view(Tx tx, Function<Organisation, Period> period) {
    var organisation = platform.directory().organisation(tx, tx.caller().organisation());
    var scope = organisation.kind().equals("volunteer-network") ? Scope.HELPED : Scope.OWN;
    return new View(scope, organisation.id(), period.apply(organisation));
  }

  private static <T> T read(Tx tx, View view, Supplier<T> work) {
    return view.isOthers() ? tx.asServer(work) : work.get();
  }

  public Report.Times times(
      Tx tx, Function<Organisation, Period> period, Grouping by, Optional<Urgency> urgency) {
    var view = view(tx, period);
    if (view.isOthers() && by == Grouping.SITE) {
      throw Refusal.invalid("/by", "Sites of other organisations are not told apart.");
    }
    return read(
        tx,
        view,
        () -> {
          var counted =
              store.times(tx, view.scope(), view.organisation(), view.period(), by, urgency);
          var labels = labels(tx, by);
          var groups = new ArrayList<Group>();
          Groups.byKey(counted, ReportStore.Counted::group)
              .forEach(
                  (key, measures) -> groups.add(Groups.group(key, labels.apply(key), measures)));
          groups.sort(Groups.order(by));
          return new Report.Times(
              view.about(),
              by,
              told(view, List.of(Groups.total(counted))).getFirst(),
              told(view, groups),
              told(view, Groups.weeks(view.period(), counted)));
        });
  }

  private static List<Group> told(View view, List<Group> groups) {
    if (!view.isOthers()) {
      return groups;
    }
    var hidden = SmallNumbers.hidden(groups.stream().map(Group::consults).toList());
    var told = new ArrayList<Group>();
    for (var group : groups) {
      told.add(hidden.contains(told.size()) ? group.hide() : group.forOthers());
    }
    return told;
  }

  private Function<String, String> labels(Tx tx, Grouping by) {
    return switch (by) {
      case URGENCY -> Function.identity();
      case SPECIALTY -> named(store.specialties(tx));
      case LANGUAGE -> named(store.languages(tx));
      case SITE -> key -> platform.directory().site(tx, new SiteId(UUID.fromString(key))).name();
      case ORGANISATION ->
          key ->
              key.isEmpty()
                  ? ""
                  : platform
                      .directory()
                      .organisation(tx, new OrganisationId(UUID.fromString(key)))
                      .name();
    };
  }

  private static Function<String, String> named(Map<String, String> labels) {
    return key -> labels.getOrDefault(key, key);
  }

  public Report.Unanswered unanswered(Tx tx, Function<Organisation, Period> period) {
    var view = view(tx, period);
    return read(
        tx,
        view,
        () -> {
          var late = store.late(tx, view.scope(), view.organisation());
          var total =
              Groups.total(
                  store.times(
                      tx,
                      view.scope(),
                      view.organisation(),
                      view.period(),
                      Grouping.URGENCY,
                      Optional.empty()));
          int due = total.consults() == 0 ? 0 : total.answered().due();
          int never = total.consults() == 0 ? 0 : due - total.answered().done();
          return new Report.Unanswered(
              view.about(),
              told(view, late.size()),
              told(view, due),
              told(view, never),
              told(view, due) == null ? null : Proportions.share(never, due),
              view.isOthers() || late.isEmpty() ? null : late.getFirst().submittedAt(),
              waitingOn(view, late),
              view.isOthers() ? List.of() : items(tx, late));
        });
  }

  private static Integer told(View view, int count) {
    return view.isOthers() ? SmallNumbers.unlessSmall(count) : Integer.valueOf(count);
  }

  private static List<Report.WaitingCount> waitingOn(View view, List<ReportStore.LateRow> late) {
    return late.stream()
        .collect(Collectors.groupingBy(ReportStore.LateRow::waitingOn, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new Report.WaitingCount(e.getKey(), told(view, e.getValue().intValue())))
        .toList();
  }

  private List<Report.Late> items(Tx tx, List<ReportStore.LateRow> late) {
    var shown = late.stream().limit(LATE_SHOWN_MAX).toList();
    var specialties = store.specialties(tx);
    var sites =
        platform.directory().sites(tx, shown.stream().map(row -> new SiteId(row.site())).toList());
    return shown.stream()
        .map(row ->
            new Report.Late(
                row.consult(),
                row.urgency(),
                specialties.getOrDefault(row.specialty(), row.specialty()),
                sites.get(new SiteId(row.site())).name(),
                row.waitingOn(),
                row.status(),
                row.submittedAt(),
                row.answerBy()))
        .toList();
  }

  public Report.Reach reach(Tx tx, Function<Organisation, Period> period) {
    var view = view(tx, period);
    return read(
        tx,
        view,
        () -> {
          var specialists = store.specialists(tx, view.scope(), view.organisation(), view.period());
          var unasked = specialists.stream().filter(s -> s.wanted() && s.offers() == 0).toList();
          return new Report.Reach(
              view.about(),
              reached(tx, view),
              view.isOthers() ? List.of() : silentSites(tx, view),
              unasked.size(),
              unasked(tx, unasked),
              hours(tx, view));
        });
  }

  private List<Report.Reached> reached(Tx tx, View view) {
    var kinds =
        List.of(
            view.isOthers() ? Grouping.ORGANISATION : Grouping.SITE,
            Grouping.LANGUAGE,
            Grouping.SPECIALTY);
    var reached = new ArrayList<Report.Reached>();
    for (var kind : kinds) {
      var counted =
          store.times(tx, view.scope(), view.organisation(), view.period(), kind, Optional.empty());
      var labels = labels(tx, kind);
      var all = Groups.total(counted).answered();
      Groups.byKey(counted, ReportStore.Counted::group)
          .forEach((key, measures) -> {
            var answered = Groups.group(key, labels.apply(key), measures).answered();
            if (answered.due() >= (view.isOthers() ? SmallNumbers.SHOWN_MIN : 1)) {
              reached.add(reached(view, kind, key, labels.apply(key), answered, all));
            }
          });
    }
    reached.sort(
        Comparator.comparing(Report.Reached::behind)
            .thenComparing(Report.Reached::lateShare)
            .thenComparing(Report.Reached::due)
            .reversed());
    return reached;
  }

  private static Report.Reached reached(
      View view,
      Grouping kind,
      String key,
      String label,
      Report.Measure answered,
      Report.Measure all) {
    int due = answered.due();
    int late = due - answered.onTime();
    int othersDue = all.due() - due;
    int othersLate = all.due() - all.onTime() - late;
    return new Report.Reached(
        kind,
        key,
        label,
        due,
        told(view, late),
        told(view, due - answered.done()),
        Proportions.share(late, due),
        Proportions.share(othersLate, othersDue),
        answered.medianMinutes(),
        Proportions.isClearlyMore(late, due, othersLate, othersDue));
  }

  /** Places of the organisation that asked nothing in the whole period. */
  private List<Report.SilentSite> silentSites(Tx tx, View view) {
    var last = store.lastRequests(tx, view.organisation());
    return platform.directory().sitesOf(tx, view.organisation()).stream()
        .filter(site ->
            Optional.ofNullable(last.get(site.id().value()))
                .filter(at -> !at.isBefore(view.period().start()))
                .isEmpty())
        .map(site -> new Report.SilentSite(site.name(), last.get(site.id().value())))
        .toList();
  }

  private List<Report.Unasked> unasked(Tx tx, List<ReportStore.SpecialistRow> rows) {
    var names = new Names(tx, rows);
    return rows.stream()
        .sorted(Comparator.comparing(row -> row.lastAt().orElse(Instant.MIN)))
        .limit(UNASKED_SHOWN_MAX)
        .map(row ->
            new Report.Unasked(
                names.person(row),
                names.organisation(row),
                row.offers(),
                row.lastAt().orElse(null)))
        .toList();
  }

  private List<Report.Hours> hours(Tx tx, View view) {
    var answers = store.answers(tx, view.scope(), view.organisation(), view.period());
    var people =
        platform
            .directory()
            .people(tx, answers.stream().map(ReportStore.Answers::specialist).toList());
    var ended = new ArrayList<OfferHours.Ended>();
    for (var answer : answers) {
      var zone = people.get(answer.specialist()).zone();
      int hour = answer.sent().atZone(zone).getHour();
      ended.add(new OfferHours.Ended(hour, answer.offers(), answer.expired()));
    }
    return OfferHours.of(ended);
  }

  public Report.Load load(Tx tx, Function<Organisation, Period> period) {
    var view = view(tx, period);
    return read(
        tx,
        view,
        () -> {
          // Of other networks' volunteers only those count whom this organisation has asked.
          var rows =
              store.specialists(tx, view.scope(), view.organisation(), view.period()).stream()
                  .filter(row -> view.isOthers() || row.offers() > 0)
                  .toList();
          return load(view, rows, new Names(tx, rows));
        });
  }

  private static Report.Load load(View view, List<ReportStore.SpecialistRow> rows, Names names) {
    var carried = rows.stream().map(ReportStore.SpecialistRow::accepted).toList();
    int all = carried.stream().mapToInt(Integer::intValue).sum();
    int tenth = Math.max(1, (rows.size() + 9) / 10);
    int busiest = carried.stream().limit(tenth).mapToInt(Integer::intValue).sum();
    return new Report.Load(
        view.about(),
        all,
        rows.size(),
        Proportions.gini(carried),
        Proportions.share(busiest, all),
        rows.stream()
            .map(row ->
                new Report.Carried(
                    names.person(row),
                    names.organisation(row),
                    row.offers(),
                    row.accepted(),
                    row.refused(),
                    row.expired(),
                    all == 0 ? 0 : (double) row.accepted() / all))
            .toList());
  }

  /** People and their networks, looked up once. */
  private final class Names {
    private final Map<AccountId, Person> people;
    private final Map<OrganisationId, String> organisations = new HashMap<>();

    Names(Tx tx, Collection<ReportStore.SpecialistRow> rows) {
      people =
          platform
              .directory()
              .people(tx, rows.stream().map(ReportStore.SpecialistRow::id).toList());
      platform
          .directory()
          .organisations(tx, rows.stream().map(ReportStore.SpecialistRow::organisation).toList())
          .forEach((id, organisation) -> organisations.put(id, organisation.name()));
    }

    PersonRef person(ReportStore.SpecialistRow row) {
      return new PersonRef(row.id(), people.get(row.id()).name());
    }

    String organisation(ReportStore.SpecialistRow row) {
      return organisations.get(row.organisation());
    }
  }
}
