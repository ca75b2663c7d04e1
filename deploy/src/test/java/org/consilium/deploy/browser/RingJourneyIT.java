package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clinician rings a specialist who has any page open, and they talk. */
class RingJourneyIT {
  @TempDir static Path data;
  private static RunningProduct product;
  private static Chromium chromium;

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
  void who_is_rung_declines_misses_and_answers() {
    var specialist = signIn("specialist@demo");
    var clinician = signIn("clinician@demo");
    clinician
        .getByRole(
            AriaRole.LINK,
            new Page.GetByRoleOptions().setName(Pattern.compile("Why does her heart race")))
        .click();
    clinician.waitForURL("**/clinic/consults/*");
    var consult = clinician.url().replaceFirst(".*/([^/?]+).*", "$1");
    var call = clinician.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Call"));
    if (call.isVisible()) {
      call.click();
    }
    assertThat(clinician.getByText("Can be called now").first()).isVisible();

    var ringing = specialist.getByRole(AriaRole.ALERTDIALOG);
    ring(clinician).click();
    assertThat(ringing).containsText("is calling");
    picture(specialist, "ringing");
    button(ringing, "I am busy").click();
    assertThat(clinician.getByText(Pattern.compile("^Is busy, "))).isVisible();
    assertThat(ringing).isHidden();

    ring(clinician).click();
    assertThat(ringing).isVisible();
    clinician
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop ringing"))
        .click();
    assertThat(ringing).isHidden();
    specialist
        .getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("[1-9] missed call")))
        .click();
    picture(specialist, "missed");
    button(specialist.getByRole(AriaRole.DIALOG), "I have seen these").click();
    assertThat(
            specialist.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName("Missed calls")))
        .isHidden();
    specialist.keyboard().press("Escape");

    ring(clinician).click();
    button(ringing, "With picture").click();
    specialist.waitForURL("**/call/" + consult);
    assertThat(clinician.getByText(Pattern.compile("^Has answered, "))).isVisible();
    picture(clinician, "answered");
    clinician
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Join the call"))
        .first()
        .click();
    clinician
        .getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join with picture and sound"))
        .click();
    Media.framesArrive(specialist);
    Media.framesArrive(clinician);
  }

  private static Locator ring(Page page) {
    return page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Ring Dr")))
        .first();
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  /** For a person to look at; nothing is compared. */
  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screens", name + ".png")));
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
