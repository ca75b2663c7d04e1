package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.Uuid7;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator's work at the browser, and what the database holds after each of it. */
class SchedulerJourneyIT {
  private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
  private static final String UNPLACED = "He is back with a swollen testicle";
  private static final String CARRIED = "Why does her heart race";

  @TempDir static Path data;
  private static RunningProduct product;
  private static Chromium chromium;
  private static Page scheduler;

  @BeforeAll
  static void start() {
    product = new RunningProduct(data);
    chromium = new Chromium();
    scheduler = signIn("scheduler@demo");
  }

  @AfterAll
  static void stop() {
    chromium.close();
    product.close();
  }

  @Test
  void a_consult_is_assigned_from_candidates_that_are_explained() {
    open("/scheduler");
    scheduler.getByRole(AriaRole.LINK, matching(UNPLACED)).click();
    scheduler.waitForURL("**/scheduler/consults/*");
    var consult = scheduler.url().replaceFirst(".*/([^/?]+).*", "$1");
    assertThat(scheduler.getByText("accepted within").first()).isVisible();
    button("^Confirm").click();
    var first = scheduler.locator(".candidate").first();
    assertThat(first).containsText("1.");
    assertThat(first.locator(".terms li").first()).isVisible();
    var name = first.locator("bdi").first().textContent();
    scheduler.getByRole(AriaRole.BUTTON, named("Offer to " + name)).click();
    dialogButton("Offer").click();
    assertThat(scheduler.getByRole(AriaRole.DIALOG)).isHidden();
    assertThat(scheduler.getByText("Offered to").first()).isVisible();

    var kept = get("/consults/" + consult);
    assertThat(kept.at("/summary/status").asText()).isEqualTo("offered");
    assertThat(kept.at("/offers/0/specialist/name").asText()).isEqualTo(name);
  }

  @Test
  void a_gap_of_the_coverage_is_filled_in_its_rota() {
    var rota =
        post(
                "/rotas",
                Map.of(
                    "name",
                    "Skin",
                    "specialty",
                    "dermatology",
                    "language",
                    "en",
                    "zone",
                    "Africa/Nairobi",
                    "rotations",
                    List.of(),
                    "swapNeedsApproval",
                    false,
                    "restHours",
                    0))
            .path("id")
            .asText();
    open("/scheduler/coverage");
    scheduler
        .locator("table.heat-all")
        .getByRole(AriaRole.LINK, within("Dermatology, English"))
        .click();
    assertThat(scheduler.locator("table.heat caption")).containsText("Dermatology, English");
    var gaps = scheduler.locator(".gap-list");
    var gap = gaps.getByRole(AriaRole.LINK, within("Dermatology, English")).first();
    var address = gap.getAttribute("href");
    gap.click();
    assertThat(scheduler.getByText("Nobody could be reached").first()).isVisible();
    button("Put somebody on call then").click();
    var dialog = scheduler.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Who").selectOption(new SelectOption().setLabel("Dr Lucía Herrera Pardo"));
    assertThat(dialog.getByText(Pattern.compile("Dr Lucía Herrera Pardo: .* there"))).isVisible();
    dialogButton("Save").click();
    assertThat(scheduler.getByText("Changes by hand")).isVisible();

    var start = address.replaceFirst(".*start=([^&]+).*", "$1").replace("%3A", ":");
    var put = get("/rotas/" + rota + "?from=" + start + "&days=1").path("overrides");
    assertThat(put).hasSize(1);
    assertThat(put.at("/0/start").asText()).isEqualTo(start);
    assertThat(put.at("/0/person/name").asText()).isEqualTo("Dr Lucía Herrera Pardo");
    assertThat(each(get("/roster/gaps?specialty=dermatology&language=en").path("items")))
        .as("the gap is gone from the coverage")
        .noneMatch(one -> one.path("start").asText().equals(start));
  }

  @Test
  void a_shift_is_dragged_refused_undone_and_moved_by_keys() {
    var rota =
        each(get("/rotas").path("items"))
            .filter(one -> one.path("name").asText().equals("Children"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    var week = LocalDate.now(NAIROBI).plusDays(21).toString();
    open("/scheduler/rotas?rota=" + rota + "&week=" + week);
    var bar = laneOf("Dr Ruth Okello").getByRole(AriaRole.BUTTON).last();
    bar.waitFor();
    var before = shift(rota, bar);

    drag(bar, laneOf("Dr Étienne Marchal"));
    assertThat(scheduler.getByText("Dr Étienne Marchal is on call elsewhere").first()).isVisible();
    assertThat(shift(rota, before).at("/person/name").asText()).isEqualTo("Dr Ruth Okello");

    drag(bar, laneOf("Dr Priya Raghunathan"));
    assertThat(scheduler.getByText("Moved: now")).isVisible();
    assertThat(shift(rota, before).at("/person/name").asText()).isEqualTo("Dr Priya Raghunathan");
    button("^Undo$").click();
    assertThat(scheduler.getByText("As it was before.")).isVisible();
    assertThat(shift(rota, before).at("/person/name").asText()).isEqualTo("Dr Ruth Okello");

    // Its buttons are made anew with each change; none is on its way to a page that is opened now.
    open("/scheduler/rotas?rota=" + rota + "&week=" + week);
    bar.focus();
    scheduler.keyboard().press("Shift+ArrowRight");
    scheduler.keyboard().press("Shift+ArrowRight");
    assertThat(scheduler.getByText("Enter puts it there")).isVisible();
    scheduler.keyboard().press("Enter");
    assertThat(scheduler.getByText("Moved: now")).isVisible();
    var start = Instant.parse(before.path("start").asText());
    assertThat(at(rota, start).at("/person/name").asText()).isEqualTo("Dr Priya Raghunathan");
    assertThat(at(rota, start.plus(Duration.ofHours(2))).at("/person/name").asText())
        .isEqualTo("Dr Ruth Okello");
  }

  @Test
  void leave_breaks_an_appointment_and_the_plan_that_mends_it_is_approved() {
    var consult = consult(CARRIED);
    var soonest = Instant.now().plus(Duration.ofDays(3));
    var slots = get("/consults/" + consult + "/slots?minutes=30&days=7").path("items");
    var slot =
        each(slots)
            .map(one -> Instant.parse(one.path("start").asText()))
            .filter(soonest::isBefore)
            // What the planner moves begins on the half hour.
            .filter(start -> start.getEpochSecond() % 1_800 == 0)
            .findFirst()
            .orElseThrow();
    var booked =
        post(
            "/consults/" + consult + "/appointments",
            Map.of("start", slot.toString(), "minutes", 30, "withoutInterpreter", true));
    assertThat(booked.path("start").asText()).isEqualTo(slot.toString());

    var specialist = signIn("specialist@demo");
    specialist.navigate(address("/specialist/roster"));
    specialist.getByRole(AriaRole.BUTTON, named("Add leave")).click();
    var day = slot.atZone(ZoneId.of("Europe/London")).toLocalDate().toString();
    specialist.getByLabel("First day away").last().fill(day);
    specialist.getByLabel("Last day away").last().fill(day);
    specialist.getByRole(AriaRole.BUTTON, named("Save my hours")).click();
    assertThat(specialist.getByText("Your hours are saved").first()).isVisible();

    scheduler.waitForCondition(() -> !get("/plans").path("items").isEmpty());
    open("/scheduler/plan");
    var plan =
        scheduler
            .locator(".card")
            .filter(new Locator.FilterOptions().setHasText("Somebody cannot keep what is booked"));
    assertThat(plan).containsText(CARRIED);
    assertThat(plan).containsText("with Dr Amara Osei");
    plan.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Move them")).click();
    assertThat(scheduler.getByText("Moved. Everybody was told.")).isVisible();

    var moved = get("/consults/" + consult).at("/summary/appointment/start").asText();
    assertThat(moved).isNotEmpty().isNotEqualTo(slot.toString());
    assertThat(Instant.parse(moved).atZone(ZoneId.of("Europe/London")).toLocalDate())
        .as("not while she is away")
        .isNotEqualTo(LocalDate.parse(day));
    for (var told : List.of(specialist, signIn("clinician@demo"))) {
      assertThat(each(get(told, "/notices").path("items")).map(one -> one.path("kind").asText()))
          .contains("moved");
    }
  }

  private static void drag(Locator bar, Locator lane) {
    var from = bar.boundingBox();
    var to = lane.boundingBox();
    scheduler.mouse().move(from.x + from.width / 2, from.y + from.height / 2);
    scheduler.mouse().down();
    scheduler.mouse().move(from.x + from.width / 2 + 6, from.y + from.height / 2 + 6);
    scheduler.mouse().move(from.x + from.width / 2, to.y + to.height / 2);
    scheduler.mouse().up();
  }

  private static Locator laneOf(String name) {
    return scheduler.getByRole(AriaRole.LIST, named(name));
  }

  /** The shift that a bar stands for. */
  private static JsonNode shift(String rota, Locator bar) {
    var id = bar.getAttribute("data-shift");
    return each(plan(rota))
        .filter(one -> one.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode shift(String rota, JsonNode before) {
    return at(rota, Instant.parse(before.path("start").asText()));
  }

  private static JsonNode at(String rota, Instant moment) {
    return each(plan(rota))
        .filter(one -> one.path("layer").asText().equals("primary"))
        .filter(one -> !Instant.parse(one.path("start").asText()).isAfter(moment))
        .filter(one -> Instant.parse(one.path("end").asText()).isAfter(moment))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode plan(String rota) {
    return get("/rotas/" + rota + "?days=60").path("shifts");
  }

  private static String consult(String question) {
    return each(get("/consults?view=open&limit=100").path("items"))
        .filter(one -> one.path("question").asText().startsWith(question))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asText();
  }

  private static JsonNode get(String path) {
    return get(scheduler, path);
  }

  private static JsonNode get(Page page, String path) {
    var reply = page.request().get(address("/api/v1" + path));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.read(reply.body(), JsonNode.class);
  }

  private static JsonNode post(String path, Object body) {
    var reply =
        scheduler
            .request()
            .post(
                address("/api/v1" + path),
                RequestOptions.create()
                    .setHeader("Origin", address(""))
                    .setHeader("Content-Type", "application/json")
                    .setHeader("Idempotency-Key", Uuid7.next().toString())
                    .setData(Json.write(body)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return Json.read(reply.body(), JsonNode.class);
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return array.valueStream();
  }

  private static void open(String path) {
    scheduler.navigate(address(path));
  }

  private static Locator button(String pattern) {
    return scheduler.getByRole(AriaRole.BUTTON, matching(pattern)).first();
  }

  private static Locator dialogButton(String name) {
    return scheduler.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, within(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions within(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions matching(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  private static String address(String path) {
    return "http://localhost:" + product.port() + path;
  }

  private static Page signIn(String email) {
    var page = chromium.page();
    page.navigate(address("/sign-in"));
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    page.waitForURL(Pattern.compile("/(clinic|scheduler|specialist)"));
    return page;
  }
}
