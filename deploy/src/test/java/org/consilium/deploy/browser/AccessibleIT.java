package org.consilium.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page and dialog that web-client/pages.json names, held against WCAG 2.2 AA: wide and light,
 * narrow and dark, and as wide as 400 % of zoom leave.
 */
class AccessibleIT {
  private static final Path WEB_CLIENT = Path.of("..", "web-client");
  private static final Pattern ROUTE = Pattern.compile("\\broute\\(\\s*\"([^\"]+)\"");

  /** What goes on moving for somebody who wants no motion (2.3.3). */
  private static final String MOVING =
      """
      () => document.getAnimations()
        .filter((one) => one.playState === 'running')
        .map((one) => one.animationName ?? one.transitionProperty)\
      """;

  private static final String WIDER =
      "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

  @TempDir static Path data;
  private static RunningProduct product;
  private static Chromium chromium;
  private static Axe axe;

  private record Group(String as, List<Shown> pages) {}

  /**
   * @param from the page whose links fill the {@code :names} of {@code path}
   * @param link what those links look like, when not like {@code path}
   * @param press the names that the buttons begin with which lead to this state, in order
   * @param invitedBy whose link opens it for a guest, who has a test of their own
   */
  private record Shown(
      String name, String path, String from, String link, List<String> press, String invitedBy) {}

  @BeforeAll
  static void start() {
    product = new RunningProduct(data);
    chromium = new Chromium();
    axe = new Axe();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    product.close();
  }

  @Test
  void every_page_of_every_workspace_is_named() throws IOException {
    var named = new TreeSet<String>();
    for (var group : groups()) {
      group.pages().forEach(page -> named.add(shape(page.path())));
    }
    try (Stream<Path> folders = Files.list(WEB_CLIENT.resolve("src"))) {
      for (var folder : folders.map(each -> each.resolve("workspace.ts")).toList()) {
        if (!folder.getParent().endsWith("app") && Files.exists(folder)) {
          ROUTE
              .matcher(Files.readString(folder))
              .results()
              .forEach(route -> assertThat(named).as("pages.json").contains(shape(route.group(1))));
        }
      }
    }
  }

  @Test
  void nothing_is_wrong_wide_and_narrow_light_and_dark() throws IOException {
    var wrong = new ArrayList<String>();
    for (var group : groups()) {
      var page = group.as() == null ? chromium.page() : signIn(group.as());
      for (var shown : group.pages().stream().filter(one -> one.invitedBy() == null).toList()) {
        open(page, shown)
            .ifPresentOrElse(
                problem -> wrong.add(shown.name() + ": " + problem),
                () -> wrong.addAll(wrongWith(page, shown.name())));
      }
      page.context().close();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_guest_finds_nothing_wrong_before_in_front_of_and_in_the_call() {
    var host = signIn("specialist@demo");
    var consult = GuestLink.firstConsult(host);
    var guest = chromium.page();
    guest.navigate(address() + GuestLink.make(host, consult, "Zawadi", "patient"));
    var join = Pattern.compile("^Join with sound only");
    button(guest, join).waitFor();
    assertThat(wrongWith(guest, "guest")).isEmpty();
    button(guest, join).click();
    guest.locator("[data-call-state=waiting]").waitFor();
    assertThat(wrongWith(guest, "guest-waiting")).isEmpty();
    host.navigate(address() + "/call/" + consult);
    button(host, join).click();
    button(host, Pattern.compile("^Admit Zawadi")).click();
    guest.locator("[data-call-state=talking]").waitFor();
    button(guest, Pattern.compile("^Chat")).click();
    assertThat(wrongWith(guest, "guest-talking")).isEmpty();
    button(guest, Pattern.compile("^Leave")).click();
    guest.locator("[data-call-state=over]").waitFor();
    assertThat(wrongWith(guest, "guest-over")).isEmpty();
    host.context().close();
    guest.context().close();
  }

  @Test
  void nothing_is_wrong_while_the_server_is_away() {
    var page = signIn("clinician@demo");
    page.route("**/api/**", Route::abort);
    page.reload();
    page.getByRole(AriaRole.BUTTON).first().waitFor();
    assertThat(wrongWith(page, "server-away")).isEmpty();
    page.context().close();
  }

  private static Locator button(Page page, Pattern name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static List<String> wrongWith(Page page, String name) {
    var wrong = new ArrayList<String>();
    look(page, 1280, ColorScheme.LIGHT);
    axe.violations(page).forEach(each -> wrong.add(name + ", wide: " + each));
    texts(page, MOVING).forEach(each -> wrong.add(name + " moves: " + each));
    look(page, 360, ColorScheme.DARK);
    axe.violationsOfLook(page).forEach(each -> wrong.add(name + ", narrow and dark: " + each));
    // 1280 px at 400 % (1.4.10).
    page.setViewportSize(320, 640);
    int over = ((Number) page.evaluate(WIDER)).intValue();
    if (over > 0) {
      wrong.add(name + ": wider than 320 px by " + over);
    }
    return wrong;
  }

  /** The whole page at once: nothing lies under a bar from where scrolling would free it. */
  private static void look(Page page, int width, ColorScheme scheme) {
    page.emulateMedia(
        new EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
    page.setViewportSize(width, 800);
    var height = (Number) page.evaluate("() => document.documentElement.scrollHeight");
    page.setViewportSize(width, Math.max(800, height.intValue()));
  }

  /** Opens a page and waits until it is drawn; says what stands in the way. */
  private static Optional<String> open(Page page, Shown shown) {
    look(page, 1280, ColorScheme.LIGHT);
    var path = shown.path();
    if (path.contains("/:")) {
      go(page, shown.from());
      var start = Optional.ofNullable(shown.link()).orElse(path).replaceFirst(":.*", "");
      for (var id : idsIn(page, start)) {
        path = path.replaceFirst(":\\w+", id);
      }
      if (path.contains("/:")) {
        return Optional.of("no link leads there");
      }
    }
    go(page, path);
    for (var name : Optional.ofNullable(shown.press()).orElse(List.of())) {
      var pattern = Pattern.compile("^" + name.replaceAll("[.?()]", "\\\\$0"));
      button(page, pattern).first().click();
      drawn(page);
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Page page, String script) {
    return (List<String>) page.evaluate(script);
  }

  @SuppressWarnings("unchecked")
  private static List<String> idsIn(Page page, String start) {
    return (List<String>)
        page.evaluate(
            """
            start => [...new Set([...document.querySelectorAll(`a[href^="${start}"]`)]
              .map((link) => link.pathname.slice(start.length).split('/')[0])
              .filter((id) => /^[0-9a-f-]{36}$/.test(id)))]\
            """,
            start);
  }

  private static void go(Page page, String path) {
    page.navigate(address() + path);
    page.locator("h1").first().waitFor();
    drawn(page);
  }

  private static void drawn(Page page) {
    page.waitForFunction("() => !document.querySelector('.loading, .boot')");
  }

  private static Page signIn(String email) {
    var page = chromium.page();
    page.navigate(address() + "/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    page.waitForURL(url -> !url.endsWith("/sign-in"));
    return page;
  }

  /** A path without its query, with its names alike. */
  private static String shape(String path) {
    return path.replaceFirst("[?].*", "").replaceAll(":\\w+", ":");
  }

  private static List<Group> groups() throws IOException {
    var text = Files.readString(WEB_CLIENT.resolve("pages.json"));
    return new Gson().fromJson(text, new TypeToken<List<Group>>() {}.getType());
  }

  private static String address() {
    return "http://localhost:" + product.port();
  }
}
