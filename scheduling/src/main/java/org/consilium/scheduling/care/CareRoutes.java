package org.consilium.scheduling.care;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;

/** HTTP for hours given, shares of load, lighter times and certificates. */
public final class CareRoutes {
  record Service(
      int year,
      LocalDate from,
      LocalDate until,
      int consults,
      long minutes,
      List<MonthView> months,
      ShareView share,
      Optional<EaseView> ease,
      List<HardView> hardCases,
      Optional<String> peerSupport) {}

  record MonthView(String month, int consults, int calls, long callMinutes, long onCallMinutes) {}

  /** One's own last weeks beside the usual of the others. */
  record ShareView(List<Integer> weeks, double usual, int weeklyCap) {}

  record EaseView(int weeklyCap, Instant until) {}

  record HardView(ConsultId consultId, Instant at, boolean marked) {}

  record SaveEase(int weeklyCap, LocalDate until) {}

  record Year(int year) {}

  record CertificateView(
      String code, String name, long hours, LocalDate from, LocalDate until, Instant issuedAt) {}

  record Load(List<LoadRow> items) {}

  record LoadRow(PersonRef volunteer, List<Integer> weeks, int weeklyCap, double share) {}

  record Support(Optional<String> line) {}

  record SaveSupport(String line) {}

  private final Platform platform;
  private final CareService care;

  public CareRoutes(Platform platform, CareService care) {
    this.platform = platform;
    this.care = care;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getVolunteerService", this::service)
        .operation("exportVolunteerService", this::export)
        .operation("issueCertificate", this::issue)
        .operation("checkCertificate", this::check)
        .operation("getVolunteerLoad", this::load)
        .operation("easeLoad", this::ease)
        .operation("endEase", this::endEase)
        .operation("answerHardCase", this::answer)
        .operation("markHardCase", this::mark)
        .operation("getPeerSupport", call -> Answer.ok(support(call)))
        .operation("savePeerSupport", this::saveSupport);
  }

  private Answer service(Call call) {
    var tx = call.tx();
    int year = call.queryNumber("year").orElseThrow();
    var hours = care.hours(tx, year);
    return Answer.ok(
        new Service(
            year,
            hours.from(),
            hours.until(),
            hours.consults(),
            hours.minutes(),
            hours.months().stream()
                .map(m ->
                    new MonthView(
                        m.month().toString(),
                        m.consults(),
                        m.calls(),
                        m.callMinutes(),
                        m.onCallMinutes()))
                .toList(),
            share(call),
            care.ease(tx).map(ease -> new EaseView(ease.weeklyCap(), ease.until())),
            care.hard(tx).stream().map(h -> new HardView(h.consult(), h.at(), h.marked())).toList(),
            care.support(tx)));
  }

  private ShareView share(Call call) {
    var shares = care.shares(call.tx());
    var me = call.caller().account();
    var mine = shares.stream().filter(s -> s.volunteer().account().equals(me)).findFirst();
    double usual = shares.stream().mapToInt(s -> sum(s.weeks())).average().orElse(0);
    return new ShareView(
        mine.map(s -> boxed(s.weeks())).orElse(List.of()),
        Math.round(usual / CareService.WEEKS_SHOWN * 10) / 10.0,
        mine.map(s -> s.volunteer().weeklyCap()).orElse(0));
  }

  private Answer export(Call call) {
    int year = call.queryNumber("year").orElseThrow();
    var csv = care.hours(call.tx(), year).csv().getBytes(StandardCharsets.UTF_8);
    return Answer.ok(new Answer.Raw("text/csv; charset=utf-8", csv))
        .withHeader("Content-Disposition", "attachment; filename=\"service-" + year + ".csv\"");
  }

  private Answer issue(Call call) {
    return Answer.created(view(care.issue(call.tx(), call.body(Year.class).year())));
  }

  private Answer check(Call call) {
    var code = call.path("code").replace("-", "").toUpperCase(Locale.ROOT);
    return Answer.ok(view(care.check(call.tx(), code)));
  }

  private static CertificateView view(CareStore.Certificate c) {
    return new CertificateView(
        grouped(c.code()),
        c.name(),
        Math.round(c.minutes() / 60.0),
        c.first(),
        c.last(),
        c.issuedAt());
  }

  /** Four letters at a time: somebody will type it from paper. */
  private static String grouped(String code) {
    return code.replaceAll("(.{4})(?=.)", "$1-");
  }

  private Answer load(Call call) {
    var tx = call.tx();
    var shares = care.shares(tx);
    var ids = shares.stream().map(s -> s.volunteer().account()).toList();
    var people = platform.directory().people(tx, ids);
    double all = Math.max(1, shares.stream().mapToInt(s -> sum(s.weeks())).sum());
    return Answer.ok(
        new Load(
            shares.stream()
                .sorted(
                    Comparator.<CareService.Share>comparingInt(s -> sum(s.weeks()))
                        .thenComparing(s -> people.get(s.volunteer().account()).name()))
                .map(s -> {
                  AccountId id = s.volunteer().account();
                  return new LoadRow(
                      new PersonRef(id, people.get(id).name()),
                      boxed(s.weeks()),
                      s.volunteer().weeklyCap(),
                      Math.round(sum(s.weeks()) / all * 1000) / 1000.0);
                })
                .toList()));
  }

  private Answer ease(Call call) {
    var body = call.body(SaveEase.class);
    care.ease(call.tx(), body.weeklyCap(), body.until());
    return Answer.noContent();
  }

  private Answer endEase(Call call) {
    care.endEase(call.tx());
    return Answer.noContent();
  }

  private Answer answer(Call call) {
    care.answered(call.tx(), new ConsultId(call.pathId("consultId")));
    return Answer.noContent();
  }

  private Answer mark(Call call) {
    care.mark(call.tx(), new ConsultId(call.pathId("consultId")));
    return Answer.noContent();
  }

  private Support support(Call call) {
    return new Support(care.supportOfNetwork(call.tx()));
  }

  private Answer saveSupport(Call call) {
    care.saveSupport(call.tx(), call.body(SaveSupport.class).line().trim());
    return Answer.ok(support(call));
  }

  private static int sum(int[] weeks) {
    return Arrays.stream(weeks).sum();
  }

  private static List<Integer> boxed(int[] weeks) {
    return Arrays.stream(weeks).boxed().toList();
  }
}
