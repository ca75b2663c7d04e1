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

/** From the question to the signed answer, and into a call by a link, without any pointer. */
class KeyboardJourneyIT {
  private static final String QUESTION = "Can he travel home with this cough?";
  private static final String SPECIALIST = "Dr Amara Osei";

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
  void a_question_is_asked_placed_answered_and_signed_by_keyboard() {
    var consult = ask();
    place(consult);
    answer(consult);
  }

  private static String ask() {
    var page = chromium.page();
    page.navigate(address() + "/sign-in");
    var keys = new Keyboard(page);
    keys.enter(button(page, "^Sign in"));
    assertThat(page.getByLabel("E-mail")).isFocused();
    keys.type(page.getByLabel("E-mail"), "clinician@demo");
    keys.type(password(page, "Password"), product.password());
    page.keyboard().press("Enter");
    keys.arriveAt("**/clinic");

    keys.lookInto(page.locator(".account-button"));
    page.reload();
    assertThat(page.locator("h1")).isFocused();
    keys.enter(page.getByRole(AriaRole.LINK, named("^New consult")));
    page.waitForURL("**/clinic/drafts/*");
    keys.enter(button(page, "^Choose: Peter Ouma"));
    assertThat(step(page, "Situation")).isFocused();
    keys.type(page.getByLabel("Your question"), QUESTION);
    keys.enter(button(page, "^Skip to: Measurements"));
    assertThat(step(page, "Measurements")).isFocused();
    keys.type(page.getByLabel("Heart rate"), "88");
    keys.enter(button(page, "^Next"));
    assertThat(step(page, "Danger signs")).isFocused();
    var none = page.getByRole(AriaRole.RADIO, named("^No$"));
    int signs = none.count();
    for (int i = 0; i < signs; i++) {
      keys.choose(none.nth(i).locator("xpath=ancestor::fieldset[1]"), none.nth(i));
    }
    keys.enter(button(page, "^Skip to: Consent"));
    assertThat(step(page, "Consent")).isFocused();
    choose(keys, page, "Who decided?", "The patient");
    choose(keys, page, "Advice from a colleague", "Yes, agrees");
    choose(keys, page, "Read and kept abroad", "Yes, agrees");
    choose(keys, page, "How was it given?", "Spoken");
    keys.enter(button(page, "^Next"));
    keys.enter(button(page, "^Send the request"));
    keys.arriveAt("**/clinic/consults/*");
    var consult = page.url().replaceFirst(".*/", "");
    page.context().close();
    return consult;
  }

  private static void place(String consult) {
    var page = signIn("scheduler@demo");
    var keys = new Keyboard(page);
    keys.enter(page.getByRole(AriaRole.LINK, named(literally(QUESTION))));
    keys.arriveAt("**/scheduler/consults/" + consult);
    var specialty = page.getByRole(AriaRole.COMBOBOX, named("^Specialty"));
    keys.select(specialty, "internal-medicine");
    keys.enter(button(page, "^Confirm"));
    assertThat(button(page, "^Offer to").first()).isVisible();
    keptSomewhere(page);
    var offer = button(page, "^Offer to " + SPECIALIST);
    var more = page.locator("summary").filter(new Locator.FilterOptions().setHasText(MORE));
    if (!offer.isVisible()) {
      keys.enter(more);
    }
    keys.lookInto(offer);
    keys.enter(offer);
    var dialog = page.getByRole(AriaRole.DIALOG);
    keys.enter(dialog.getByRole(AriaRole.BUTTON, within("^Offer$")));
    assertThat(page.getByText("Offered to").first()).isVisible();
    keptSomewhere(page);
    page.context().close();
  }

  private static void answer(String consult) {
    var page = signIn("specialist@demo");
    var keys = new Keyboard(page);
    keys.lookInto(button(page, "^Refuse: " + literally(QUESTION)));
    keys.enter(button(page, "^Accept: " + literally(QUESTION)));
    keys.arriveAt("**/specialist/consults/" + consult);
    keys.openTab(page.getByRole(AriaRole.TAB, named("^Answer")));
    keys.type(page.getByLabel("The question answered in one line"), "Yes, with a mask.");
    keys.enter(button(page, "^Add a recommendation"));
    keys.select(exactly(page, "Kind"), "treatment");
    keys.select(exactly(page, "When"), "now");
    keys.type(exactly(page, "What to do"), "Drink enough and rest");
    keys.enter(button(page, "^Preview and sign"));
    keys.type(page.getByLabel("Your password"), "not mine");
    page.keyboard().press("Enter");
    assertThat(page.getByText(Pattern.compile("wrong|not your password")).first()).isVisible();
    keys.type(page.getByLabel("Your password"), product.password());
    page.keyboard().press("Enter");
    assertThat(page.getByText("Drink enough and rest").first()).isVisible();
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    keptSomewhere(page);
    page.context().close();
  }

  @Test
  void a_guest_joins_by_a_link_and_writes_captions_by_keyboard() {
    var host = signIn("specialist@demo");
    var consult = GuestLink.firstConsult(host);
    var guest = chromium.page();
    guest.navigate(address() + GuestLink.make(host, consult, "Zawadi", "interpreter"));
    var keys = new Keyboard(guest);
    keys.enter(button(guest, "^Join with sound only"));
    assertThat(guest.locator("[data-call-state=waiting]")).isFocused();

    host.navigate(address() + "/call/" + consult);
    var hands = new Keyboard(host);
    hands.enter(button(host, "^Join with sound only"));
    hands.enter(button(host, "^Captions"));
    hands.enter(button(host, "^Admit Zawadi"));
    assertThat(guest.locator("[data-call-state=talking]")).isVisible();
    assertThat(guest.locator("h1")).isFocused();

    keys.enter(button(guest, "^Chat"));
    keys.type(guest.getByLabel("Write to everybody in the call"), "أشعر بتحسن");
    guest.keyboard().press("Enter");
    var caption = host.locator(".caption").filter(new Locator.FilterOptions().setHasText("أشعر"));
    assertThat(caption).isVisible();
    assertThat(caption).hasCSS("direction", "rtl");
    assertThat(host.locator(".captions")).hasAttribute("aria-live", "polite");

    keys.enter(button(guest, "^Leave"));
    assertThat(guest.locator("[data-call-state=over]")).isFocused();
    hands.enter(button(host, "^Leave"));
    assertThat(host.locator("[data-call-state=over]")).isFocused();
    host.context().close();
    guest.context().close();
  }

  /** The focus is not at the top of the page again, because what was pressed is gone. */
  private static void keptSomewhere(Page page) {
    page.waitForFunction("() => document.activeElement !== document.body");
  }

  private static void choose(Keyboard keys, Page page, String group, String option) {
    var found = page.getByRole(AriaRole.GROUP, named("^" + literally(group))).last();
    keys.choose(found, found.getByRole(AriaRole.RADIO, within("^" + option)));
  }

  private static final Pattern MORE = Pattern.compile("more$");

  private static Locator step(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, named("^" + name + "$"));
  }

  private static Locator button(Page page, String pattern) {
    return page.getByRole(AriaRole.BUTTON, named(pattern));
  }

  private static Locator password(Page page, String label) {
    return exactly(page, label);
  }

  private static Locator exactly(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Page.GetByRoleOptions named(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  private static Locator.GetByRoleOptions within(String pattern) {
    return new Locator.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  /** The browser's regular expressions know no quoting of a whole text. */
  private static String literally(String text) {
    return text.replaceAll("[.?()]", "\\\\$0");
  }

  private static Page signIn(String email) {
    var page = chromium.page();
    page.navigate(address() + "/sign-in");
    var keys = new Keyboard(page);
    keys.type(page.getByLabel("E-mail"), email);
    keys.type(exactly(page, "Password"), product.password());
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("/(clinic|scheduler|specialist)$"));
    return page;
  }

  private static String address() {
    return "http://localhost:" + product.port();
  }
}
