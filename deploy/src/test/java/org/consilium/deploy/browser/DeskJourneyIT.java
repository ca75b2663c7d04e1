package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a thumb on a small phone to a new consult, and in an emergency to who is on call. */
class DeskJourneyIT {
  private static final String QUESTION = "Is this heart failure, and what do I give first?";

  /** Presses and fields from the list of consults until it is sent. */
  private static final int ACTS_MAX = 20;

  @TempDir static Path data;
  private static RunningProduct product;
  private static Chromium chromium;
  private int acts;

  @BeforeAll
  static void start() {
    product = new RunningProduct(data);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    product.close();
  }

  @Test
  void a_clinic_asks_by_thumb_and_rings_who_is_on_call() {
    var clinician = signIn("clinician@demo");
    clinician.setViewportSize(360, 640);
    ask(clinician);
    assertThat(acts).as("presses and fields of a new consult").isLessThanOrEqualTo(ACTS_MAX);

    var specialist = signIn("specialist@demo");
    ring(clinician);
    var ringing = specialist.getByRole(AriaRole.ALERTDIALOG);
    assertThat(ringing).isVisible();
    within(ringing, "^See the offer").click();
    specialist.waitForURL("**/specialist");
    assertThat(specialist.getByText(Pattern.compile("\\d+ (min|h|s).* left")).first()).isVisible();
    button(specialist, "^Accept: Is this heart failure").click();
    specialist.waitForURL("**/specialist/consults/*");

    var pulse = specialist.getByRole(AriaRole.IMG, image("Heart rate: 162 /min. usual 60–100"));
    assertThat(pulse).isVisible();
    assertThat(pulse.locator(".vital-dot-danger")).hasCount(1);
    reckon(specialist);
  }

  private void ask(Page page) {
    press(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New consult")));
    press(button(page, "^Choose: Peter Ouma"));
    type(page.getByLabel("Your question"), QUESTION);
    press(button(page, "^Skip to: Measurements"));
    type(page.getByLabel("Heart rate"), "162");
    assertThat(page.locator(".triage-strip")).containsText("Red");
    staysUnderTheThumb(page);
    press(button(page, "^Next"));
    press(button(page, "^I looked for all the others"));
    press(button(page, "^Skip to: Consent"));
    choose(page, "Who decided?", "The patient");
    choose(page, "Advice from a colleague", "Yes, agrees");
    choose(page, "Read and kept abroad", "Yes, agrees");
    choose(page, "How was it given?", "Spoken");
    press(button(page, "^Next"));
    press(button(page, "^Send the request"));
    page.waitForURL("**/clinic/consults/*");
  }

  private static void staysUnderTheThumb(Page page) {
    var bar = page.locator(".step-bar");
    assertThat(within(bar, "^Next")).isInViewport();
    assertThat(within(bar, "^Camera$")).isInViewport();
    var wider = page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
    assertThat(((Number) wider).intValue()).isLessThanOrEqualTo(0);
  }

  private static void ring(Page page) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("On duty")).click();
    button(page, "^Call Dr Amara Osei").click();
    var dialog = page.getByRole(AriaRole.DIALOG);
    within(dialog, "^Choose: Is this heart failure").click();
    within(dialog, "^Ask now and let it ring").click();
    assertThat(dialog.getByText(Pattern.compile("^Asked\\.|^Ringing")).first()).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "on-call.png")));
    within(dialog, "^Close").click();
  }

  /** A dose by weight, each step shown. */
  private static void reckon(Page page) {
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Answer")).click();
    button(page, "^Add a recommendation").click();
    page.getByLabel("Drug (optional)", new Page.GetByLabelOptions().setExact(true))
        .fill("paracetamol");
    button(page, "^Reckon with 15 mg").click();
    page.getByLabel("Weight (kg)").fill("12");
    assertThat(page.getByText("15 mg/kg × 12 kg = 180 mg")).isVisible();
    button(page, "^Use 180 mg").click();
    page.getByLabel("Times a day").fill("4");
    assertThat(page.getByText("4 × 180 mg = 720 mg")).isVisible();
  }

  private void press(Locator what) {
    acts++;
    what.click();
  }

  private void type(Locator field, String text) {
    acts++;
    field.fill(text);
  }

  private void choose(Page page, String group, String option) {
    acts++;
    page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(group))
        .last()
        .getByLabel(option)
        .check();
  }

  private static Locator button(Page page, String pattern) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(pattern)));
  }

  private static Locator within(Locator part, String pattern) {
    return part.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile(pattern)));
  }

  private static Page.GetByRoleOptions image(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page signIn(String email) {
    var page = chromium.page();
    page.navigate("http://localhost:" + product.port() + "/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    page.waitForURL(Pattern.compile("/(clinic|scheduler|specialist)"));
    return page;
  }
}
