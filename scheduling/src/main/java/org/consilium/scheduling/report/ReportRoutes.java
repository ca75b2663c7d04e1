package org.consilium.scheduling.report;

import java.util.function.Function;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.Wire;
import org.consilium.platform.identity.Organisation;
import org.consilium.scheduling.catalogue.Urgency;

/** HTTP for reports: each as JSON, and under the same name as CSV. */
public final class ReportRoutes {
  /** The contract of these operations. */
  public static final String CONTRACT = "openapi/report.yaml";

  private final ReportService reports;

  public ReportRoutes(ReportService reports) {
    this.reports = reports;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("reportTimes", call -> Answer.ok(times(call)))
        .operation("reportTimesCsv", call -> csv("times", times(call)))
        .operation("reportUnanswered", call -> Answer.ok(unanswered(call)))
        .operation("reportUnansweredCsv", call -> csv("unanswered", unanswered(call)))
        .operation("reportReach", call -> Answer.ok(reach(call)))
        .operation("reportReachCsv", call -> csv("reach", reach(call)))
        .operation("reportLoad", call -> Answer.ok(load(call)))
        .operation("reportLoadCsv", call -> csv("load", load(call)));
  }

  private Report.Times times(Call call) {
    var by = call.query("by").map(code -> Wire.parse(Grouping.class, code));
    var urgency = call.query("urgency").map(code -> Wire.parse(Urgency.class, code));
    return reports.times(call.tx(), period(call), by.orElse(Grouping.URGENCY), urgency);
  }

  private Report.Unanswered unanswered(Call call) {
    return reports.unanswered(call.tx(), period(call));
  }

  private Report.Reach reach(Call call) {
    return reports.reach(call.tx(), period(call));
  }

  private Report.Load load(Call call) {
    return reports.load(call.tx(), period(call));
  }

  private static Function<Organisation, Period> period(Call call) {
    return organisation ->
        Period.of(
            call.queryDate("from"), call.queryDate("to"), organisation.zone(), call.tx().now());
  }

  private static Answer csv(String name, Report report) {
    return Answer.ok(
            new Answer.Raw("text/csv; charset=utf-8; header=present", CsvSheets.of(report).bytes()))
        .withHeader("Content-Disposition", "attachment; filename=\"consilium-" + name + ".csv\"");
  }
}
