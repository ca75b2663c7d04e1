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

/**
 * From a rural clinician's question to a signed answer, as three people at three browsers live it,
 * with a real call between them.
 */
class MainPathJourneyIT {
  private static final String QUESTION = "Can we treat this infant here, or must she go?";
  private static final String SPECIALIST = "Dr Amara Osei";

  @TempDir static Path data;
  private static RunningProduct product;
  private static Link link;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    product = new RunningProduct(data);
    link = new Link(product.port());
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    link.close();
    product.close();
  }

  @Test
  void a_question_becomes_a_call_a_signed_answer_and_an_outcome() {
    var clinician = signIn("clinician@demo");
    var consult = ask(clinician);

    place(signIn("scheduler@demo"), consult);

    var specialist = signIn("specialist@demo");
    button(specialist, "^Accept: Can we treat this infant").click();
    specialist.waitForURL("**/specialist/consults/" + consult);
    assertThat(specialist.getByText("Less than half").first()).isVisible();
    assertThat(specialist.getByText("3 days").first()).isVisible();
    say(specialist, "Is she drinking?");
    clinician.getByRole(AriaRole.TAB, named("Messages")).click();
    assertThat(clinician.getByText("Is she drinking?")).isVisible();
    say(clinician, "Less than usual.");
    assertThat(specialist.getByText("Less than usual.")).isVisible();

    call(clinician, specialist, consult);

    answer(specialist, consult);
    decideAndClose(clinician, consult);
    specialist.navigate(link.address() + "/specialist");
    specialist.getByRole(AriaRole.TAB, named("Closed")).click();
    var closed = specialist.getByRole(AriaRole.LISTITEM).filter(hasText(literally(QUESTION)));
    assertThat(closed).containsText("Your patient is better");
  }

  @Test
  void a_lost_session_loses_no_word_and_strangers_find_nothing() {
    var clinician = signIn("clinician@demo");
    clinician.getByRole(AriaRole.LINK, matching("Why does her heart race")).click();
    clinician.waitForURL("**/clinic/consults/*");
    var address = clinician.url();
    clinician.getByRole(AriaRole.TAB, named("Messages")).click();
    clinician.getByLabel("Write a message").fill("Her pulse is 120 now.");
    clinician.context().clearCookies();
    // Whatever the page asks for by itself may have found the session gone before: then the
    // question
    // for the password lies over the button already.
    button(clinician, "Send").dispatchEvent("click");
    clinician
        .getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    button(clinician, "Sign in").click();
    assertThat(clinician.getByText("Her pulse is 120 now.").last()).isVisible();

    var stranger = signIn("clinician.np@demo");
    stranger.navigate(address);
    assertThat(stranger.getByText("There is no such consult for you.")).isVisible();
    assertThat(stranger.getByText("heart race")).isHidden();
  }

  private static String ask(Page page) {
    page.getByRole(AriaRole.LINK, named("New consult")).click();
    button(page, "Register a new patient").click();
    page.getByLabel("Local number").fill("KHC-9001");
    page.getByLabel("Name (optional)", new Page.GetByLabelOptions().setExact(true))
        .fill("Naisula Private-Name");
    choose(page, "Sex", "Female");
    page.getByRole(AriaRole.TEXTBOX, named("Age")).fill("8");
    page.getByRole(AriaRole.COMBOBOX, named("Unit of Age")).selectOption("months");
    choose(page, "Allergies", "None known");
    page.getByRole(AriaRole.COMBOBOX, named("Language of the patient")).selectOption("sw");
    button(page, "^Register").last().click();
    assertThat(page.getByText("No known allergies")).isVisible();
    assertThat(page.getByText(Pattern.compile("Saved"))).isVisible();
    next(page, "Situation");

    page.getByLabel("Your question").fill(QUESTION);
    next(page, "Background");
    next(page, "Measurements");
    page.getByLabel("Breathing rate").fill("580");
    button(page, "Next").click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("Measurements"))).isVisible();
    page.getByLabel("Breathing rate").fill("58");
    page.getByLabel("Temperature").fill("38.6");
    page.getByLabel("Weight").fill("7.4");
    next(page, "Danger signs");

    var no = page.locator("label").filter(hasText("^No$")).locator("input");
    for (int i = 0; i < no.count(); i++) {
      no.nth(i).check();
    }
    next(page, "More");
    page.locator("summary").filter(hasText("^Child")).click();
    choose(page, "Compared with usual, feeds", "Less than half");
    page.getByLabel("Days of fever").fill("3");
    next(page, "Wanted");
    next(page, "Urgency");
    assertThat(page.getByText("Breathing 58 a minute is fast for 8 months").first()).isVisible();
    next(page, "Consent");
    choose(page, "Who decided?", "A guardian");
    page.getByLabel("What is the guardian to the patient?").fill("mother");
    choose(page, "Advice from a colleague", "Yes, agrees");
    choose(page, "Read and kept abroad", "Yes, agrees");
    choose(page, "How was it given?", "Spoken");
    next(page, "Check and send");
    button(page, "Send the request").click();
    page.waitForURL("**/clinic/consults/*");
    return page.url().replaceFirst(".*/", "");
  }

  private static void place(Page page, String consult) {
    page.getByRole(AriaRole.LINK, matching(literally(QUESTION))).click();
    page.waitForURL("**/scheduler/consults/" + consult);
    page.getByRole(AriaRole.COMBOBOX, named("Specialty"))
        .selectOption(
            new com.microsoft.playwright.options.SelectOption().setLabel("Internal medicine"));
    button(page, "Confirm").click();
    var offer = button(page, "Offer to " + SPECIALIST);
    assertThat(page.getByText("Speaks English with the clinician.").first()).isVisible();
    var more = page.locator("summary").filter(hasText("more$"));
    if (!offer.isVisible() && more.count() > 0) {
      more.first().click();
    }
    offer.click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Offer").setExact(true))
        .click();
    assertThat(page.getByText("Offered to").first()).isVisible();
  }

  private static void call(Page clinician, Page specialist, String consult) {
    join(clinician, consult);
    join(specialist, consult);
    Media.framesArrive(clinician);
    Media.framesArrive(specialist);
    int peersBefore = Media.peersMade(clinician);

    assertThat(link.cutSignaling()).isGreaterThanOrEqualTo(2);
    Media.framesArrive(clinician);
    Media.framesArrive(specialist);
    assertThat(Media.peersMade(clinician))
        .as("the seat was resumed, nothing was negotiated anew")
        .isEqualTo(peersBefore);

    var interpreter = inviteInterpreter(specialist);
    specialist.getByRole(AriaRole.BUTTON, matching("Admit|Let .* in")).first().click();
    Media.framesArrive(interpreter);
    interpreter.close();

    button(clinician, "Leave").click();
    clinician.waitForTimeout(300);
    join(clinician, consult);
    Media.framesArrive(clinician);
    button(clinician, "Leave").click();
    button(specialist, "Leave").click();
  }

  private static Page inviteInterpreter(Page host) {
    var people = host.getByRole(AriaRole.TAB, named("People"));
    if (!people.isVisible()) {
      button(host, "^People").click();
    }
    people.click();
    button(host, "Invite by link").first().click();
    var dialog = host.getByRole(AriaRole.DIALOG);
    dialog.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Interpreter")).check();
    dialog.getByLabel("Name shown in the call").fill("Zawadi");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Make the link"))
        .click();
    var address = dialog.getByLabel("Link", new Locator.GetByLabelOptions().setExact(true));
    var text = (String) address.evaluate("e => e.value ?? e.textContent");
    host.keyboard().press("Escape");
    var guest = chromium.page();
    guest.navigate(link.address() + text.substring(text.indexOf("/guest#")));
    button(guest, "Join with picture and sound").click();
    return guest;
  }

  private static void join(Page page, String consult) {
    page.navigate(link.address() + "/call/" + consult);
    button(page, "Join with picture and sound").click();
  }

  private static void answer(Page page, String consult) {
    page.navigate(link.address() + "/specialist/consults/" + consult);
    page.getByRole(AriaRole.TAB, named("Answer")).click();
    page.getByLabel("The question answered in one line").fill("She can stay if she drinks.");
    button(page, "Add a recommendation").click();
    exactly(page, "Kind").selectOption("treatment");
    exactly(page, "When").selectOption("now");
    exactly(page, "What to do").fill("Amoxicillin by mouth for five days");
    page.getByLabel("Ask how the patient fares after days").fill("2");
    button(page, "Preview and sign").click();
    page.getByLabel("Your password").fill("not mine");
    button(page, "^Sign$").click();
    assertThat(page.getByText(Pattern.compile("wrong|not your password")).first()).isVisible();
    page.getByLabel("Your password").fill(product.password());
    button(page, "^Sign$").click();
    assertThat(page.getByText(Pattern.compile("Signed")).first()).isVisible();
    assertThat(page.getByText("Amoxicillin by mouth for five days").first()).isVisible();
  }

  private static void decideAndClose(Page page, String consult) {
    page.navigate(link.address() + "/clinic/consults/" + consult);
    page.getByRole(AriaRole.TAB, named("Answer")).click();
    assertThat(page.getByText("She can stay if she drinks.").first()).isVisible();
    button(page, "^Accept").click();
    assertThat(page.getByText("No decision yet")).isHidden();
    button(page, "Record the outcome").first().click();
    choose(page, "How is the patient?", "Better");
    choose(page, "Was the advice followed?", "Fully");
    button(page, "Record and close").click();
    assertThat(page.getByText("Recorded. The specialist is told.")).isVisible();
  }

  private static void say(Page page, String text) {
    var messages = page.getByRole(AriaRole.TAB, named("Messages"));
    if (messages.isVisible()) {
      messages.click();
    }
    page.getByLabel("Write a message").fill(text);
    button(page, "Send").click();
  }

  private static Page signIn(String email) {
    var page = chromium.page();
    page.navigate(link.address() + "/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    button(page, "Sign in").click();
    page.waitForURL(Pattern.compile("/(clinic|scheduler|specialist)"));
    return page;
  }

  private static void next(Page page, String step) {
    button(page, "Next").click();
    assertThat(page.getByRole(AriaRole.HEADING, heading(step))).isVisible();
  }

  private static void choose(Page page, String group, String option) {
    page.getByRole(AriaRole.GROUP, matching("^" + literally(group)))
        .getByRole(
            AriaRole.RADIO,
            new Locator.GetByRoleOptions().setName(Pattern.compile(literally(option))))
        .first()
        .check();
  }

  /** The browser's regular expressions know no quoting of a whole text. */
  private static String literally(String text) {
    return text.replaceAll("[.?()]", "\\\\$0");
  }

  private static Locator exactly(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Page page, String pattern) {
    return page.getByRole(AriaRole.BUTTON, matching(pattern));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions matching(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  private static Locator.FilterOptions hasText(String pattern) {
    return new Locator.FilterOptions().setHasText(Pattern.compile(pattern));
  }
}
