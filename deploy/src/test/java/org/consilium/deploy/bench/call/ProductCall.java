package org.consilium.deploy.bench.call;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.consilium.deploy.browser.Probe.Look;

/**
 * The product's own call, joined with picture and sound; what it sends is its own choice.
 *
 * @param readySeconds how long the page took on the link until one could join
 */
public record ProductCall(Page clinic, Page specialist, double readySeconds)
    implements Conversation {
  private static final int SOUND_SECONDS_MAX = 60;

  static Locator joinButton(Page page) {
    return page.locator("button:enabled")
        .and(
            page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions()
                    .setName(Pattern.compile("Join with picture and sound"))));
  }

  static void join(Page page) {
    joinButton(page).click();
  }

  /** Lets the call go on until both ends have heard something, or a minute is over. */
  void awaitSound() {
    for (int i = 0; i < SOUND_SECONDS_MAX && firstSoundSeconds().isEmpty(); i++) {
      last(1);
    }
  }

  /** Seconds from the press of the button to the first voice that was heard at both ends. */
  OptionalDouble firstSoundSeconds() {
    long pressed = ((Number) clinic.evaluate("window.clickedAt")).longValue();
    var clinicHears = firstSound(clinicLooks(), pressed);
    var specialistHears = firstSound(specialistLooks(), pressed);
    return clinicHears.isPresent() && specialistHears.isPresent()
        ? OptionalDouble.of(Math.max(clinicHears.getAsDouble(), specialistHears.getAsDouble()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble firstSound(List<Look> looks, long pressed) {
    return looks.stream()
        .filter(look -> look.at() >= pressed && look.samples() > look.concealed())
        .mapToDouble(look -> (look.at() - pressed) / 1000.0)
        .findFirst();
  }

  /** Seconds from the press of the button to the first picture of the specialist. */
  double firstFrameSeconds() {
    var seen =
        clinic.evaluate(
            """
            async () => {
              while (!((await window.look()).frames > 0))
                await new Promise((done) => setTimeout(done, 20));
              return (Date.now() - window.clickedAt) / 1000;
            }\
            """);
    return ((Number) seen).doubleValue();
  }

  /** How the clinic's page says that its call stands, and in which seat the specialist sees it. */
  String place() {
    var call = clinic.locator("[data-call-state]").first();
    var why = call.getAttribute("data-why");
    var seat = specialist.locator("[data-remote-seat]");
    return call.getAttribute("data-call-state")
        + (why == null ? "" : " (" + why + ")")
        + (seat.count() == 0
            ? ", no seat"
            : ", seat " + seat.first().getAttribute("data-remote-seat"));
  }

  /** Both leave, so that nobody is taken for one who may come back. */
  @Override
  public void close() {
    for (var page : List.of(clinic, specialist)) {
      var leave =
          page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Leave")));
      if (leave.isVisible()) {
        leave.click();
        page.locator("[data-call-state=over]").waitFor();
      }
    }
    Conversation.super.close();
  }
}
