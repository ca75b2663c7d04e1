package org.consilium.scheduling.report;

import org.consilium.scheduling.report.Report.Group;
import org.consilium.scheduling.report.Report.Measure;

/**
 * Each report as a table: one row a group, times in minutes, shares from 0 to 1, instants in UTC.
 */
final class CsvSheets {
  private CsvSheets() {}

  static Csv of(Report report) {
    return switch (report) {
      case Report.Times times -> times(times);
      case Report.Unanswered unanswered -> unanswered(unanswered);
      case Report.Reach reach -> reach(reach);
      case Report.Load load -> load(load);
    };
  }

  private static Csv times(Report.Times times) {
    var csv =
        new Csv(
            "rows",
            "group",
            "consults (count)",
            "measure",
            "done (count)",
            "waiting (count)",
            "due (count)",
            "on time (count)",
            "on time (share of due)",
            "median (minutes)",
            "90th percentile (minutes)",
            "target (minutes)",
            "median (share of target)",
            "90th percentile (share of target)");
    add(csv, "all", times.total());
    times.groups().forEach(group -> add(csv, times.by().wire(), group));
    times.weeks().forEach(week -> add(csv, "week from", week));
    return csv;
  }

  private static void add(Csv csv, String rows, Group group) {
    if (group.consults() == null) {
      var why = group.hidden() == Report.Hidden.FEWER_THAN_FIVE ? "<5" : "hidden";
      csv.row(rows, name(group), why);
      return;
    }
    add(csv, rows, group, "allocated", group.allocated());
    add(csv, rows, group, "first answer", group.answered());
    add(csv, rows, group, "closed", group.closed());
  }

  private static void add(Csv csv, String rows, Group group, String name, Measure m) {
    if (m == null) {
      csv.row(rows, name(group), group.consults(), name);
      return;
    }
    csv.row(
        rows,
        name(group),
        group.consults(),
        name,
        m.done(),
        few(m.waiting()),
        few(m.due()),
        few(m.onTime()),
        m.onTimeShare(),
        m.medianMinutes(),
        m.p90Minutes(),
        m.targetMinutes(),
        m.medianOfTarget(),
        m.p90OfTarget());
  }

  private static String name(Group group) {
    return group.label().isEmpty() ? group.key() : group.label();
  }

  private static Object few(Integer count) {
    return count == null ? "<5" : count;
  }

  private static Csv unanswered(Report.Unanswered report) {
    var csv =
        new Csv(
            "consult (id)",
            "urgency",
            "specialty",
            "site",
            "waits on",
            "status",
            "submitted (UTC)",
            "answer due (UTC)",
            "consults (count)");
    report
        .items()
        .forEach(late ->
            csv.row(
                late.consultId(),
                late.urgency(),
                late.specialty(),
                late.site(),
                late.waitingOn(),
                late.status(),
                late.submittedAt(),
                late.answerBy(),
                1));
    if (report.items().isEmpty()) {
      report
          .waitingOn()
          .forEach(on ->
              csv.row(
                  null, null, null, null, on.waitingOn(), null, null, null, few(on.consults())));
    }
    return csv;
  }

  private static Csv reach(Report.Reach report) {
    var csv =
        new Csv(
            "rows",
            "name",
            "due or offers (count)",
            "late or expired (count)",
            "never answered (count)",
            "late or expired (share)",
            "others' late (share)",
            "median first answer (minutes)",
            "clearly behind",
            "last (UTC)");
    report
        .groups()
        .forEach(g ->
            csv.row(
                g.kind().wire(),
                g.label(),
                g.due(),
                few(g.late()),
                few(g.never()),
                g.lateShare(),
                g.othersLateShare(),
                g.medianMinutes(),
                g.behind(),
                null));
    report
        .silentSites()
        .forEach(s ->
            csv.row(
                "silent site", s.site(), 0, null, null, null, null, null, null, s.lastRequestAt()));
    report
        .unasked()
        .forEach(u ->
            csv.row(
                "specialist not asked",
                u.specialist().name(),
                u.offers(),
                null,
                null,
                null,
                null,
                null,
                null,
                u.lastOfferAt()));
    report
        .hours()
        .forEach(h ->
            csv.row(
                "offers by the specialist's clock",
                "%02d:00".formatted(h.fromHour()),
                h.offers(),
                h.expired(),
                null,
                Proportions.share(h.expired(), h.offers()),
                null,
                null,
                h.behind(),
                null));
    return csv;
  }

  private static Csv load(Report.Load report) {
    var csv =
        new Csv(
            "specialist",
            "organisation",
            "offers (count)",
            "accepted (count)",
            "refused (count)",
            "expired (count)",
            "accepted (share of all)");
    report
        .items()
        .forEach(one ->
            csv.row(
                one.specialist().name(),
                one.organisation(),
                one.offers(),
                one.accepted(),
                one.refused(),
                one.expired(),
                one.share()));
    return csv;
  }
}
