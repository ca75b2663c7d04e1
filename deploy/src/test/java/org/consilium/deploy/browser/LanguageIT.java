package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a question in French on a small phone and in Arabic at a desk: nothing that the
 * program itself says is left in English.
 */
class LanguageIT {
  private static final String QUESTION = "Faut-il l’envoyer à l’hôpital ?";

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
  void a_clinician_asks_in_french_and_a_specialist_reads_in_arabic() {
    var french = new Words("fr");
    var clinician = signIn("clinician@demo", french);
    assertThat(clinician.locator("html")).hasAttribute("lang", "fr");
    assertThat(clinician.locator("html")).hasAttribute("dir", "ltr");
    ask(clinician, french);

    var arabic = new Words("ar");
    var specialist = signIn("specialist@demo", arabic);
    specialist.setViewportSize(1280, 800);
    assertThat(specialist.locator("html")).hasAttribute("dir", "rtl");
    unfold(specialist);
    nothingInEnglish(specialist, arabic, "offers");
    specialist.getByRole(AriaRole.LINK, matching("Why does her heart race")).first().click();
    specialist.waitForURL("**/specialist/consults/*");
    for (var tab : specialist.getByRole(AriaRole.TAB).all()) {
      tab.click();
      nothingInEnglish(specialist, arabic, "case");
    }
    keepsTheLanguage(specialist);

    var guest = guest(specialist);
    assertThat(guest.locator("html")).hasAttribute("dir", "rtl");
    assertThat(guest.getByRole(AriaRole.BUTTON).first()).isVisible();
    nothingInEnglish(guest, arabic, "guest");
  }

  private static void ask(Page page, Words in) {
    page.setViewportSize(360, 640);
    nothingInEnglish(page, in, "consults");
    page.getByRole(AriaRole.LINK, named(in.of("clinic", "newConsult"))).click();
    nothingInEnglish(page, in, "patients");
    page.getByRole(AriaRole.BUTTON, matching("Peter Ouma")).first().click();
    page.getByLabel(in.of("clinic", "question")).fill(QUESTION);
    next(page, in, "stepBackground");
    next(page, in, "stepVitals");
    page.getByLabel(in.of("terms", "vital.heart-rate")).fill("1620");
    button(page, in, "next").click();
    assertThat(page.locator("[aria-invalid=true]").first()).isVisible();
    nothingInEnglish(page, in, "an impossible measurement");
    page.getByLabel(in.of("terms", "vital.heart-rate")).fill("162");
    next(page, in, "stepSigns");
    button(page, in, "restNo").click();
    next(page, in, "stepDetails");
    unfold(page);
    assertThat(page.getByText(in.of("form-texts", "main-complaint-in")).first()).isVisible();
    nothingInEnglish(page, in, "forms");
    next(page, in, "stepWanted");
    next(page, in, "stepUrgency");
    next(page, in, "stepConsent");
    choose(page, in.of("clinic", "givenBy"), in.of("clinic", "byPatient"));
    choose(page, in.of("clinic", "consentPurposeAdvice"), in.of("clinic", "granted"));
    choose(page, in.of("clinic", "consentPurposeAbroad"), in.of("clinic", "granted"));
    choose(page, in.of("clinic", "consentForm"), in.of("clinic", "spoken"));
    next(page, in, "stepCheck");
    button(page, in, "send").click();
    page.waitForURL("**/clinic/consults/*");
    for (var tab : page.getByRole(AriaRole.TAB).all()) {
      tab.click();
      nothingInEnglish(page, in, "the consult");
    }
    var day =
        (String)
            page.evaluate(
                "() => new Intl.NumberFormat(document.documentElement.lang)" + ".format(1234.5)");
    assertThat(day).isEqualTo("1\u202f234,5");
  }

  /** The account speaks it now, also at another device whose browser asks for English. */
  private static void keepsTheLanguage(Page page) {
    var account =
        page.evaluate(
            "() => fetch('/api/v1/sessions/current').then(a => a.json()).then(a =>"
                + " a.account.language)");
    assertThat(account).isEqualTo("ar");
  }

  private static Page guest(Page host) {
    var consult = host.url().replaceFirst(".*/", "").replaceFirst("[?#].*", "");
    var link =
        (String)
            host.evaluate(
                """
                consult => fetch(`/api/v1/consults/${consult}/call/guest-links`, {
                  method: "POST",
                  headers: {
                    "Content-Type": "application/json",
                    "Idempotency-Key": crypto.randomUUID(),
                  },
                  body: JSON.stringify({ role: "interpreter", name: "Zawadi", language: "ar" }),
                }).then(answer => answer.text())
                """,
                consult);
    var found = Pattern.compile("/guest#[^\"\\s]+").matcher(link);
    assertThat(found.find()).as(link).isTrue();
    var page = chromium.page();
    page.navigate("http://localhost:" + product.port() + found.group());
    return page;
  }

  private static Page signIn(String email, Words in) {
    var page = chromium.page();
    page.navigate("http://localhost:" + product.port() + "/sign-in");
    page.locator(".language-choice select").selectOption(in.tag());
    page.getByLabel(in.of("app", "email")).fill(email);
    page.getByLabel(in.of("app", "password"), new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    page.getByRole(AriaRole.BUTTON, named(in.of("app", "signIn"))).click();
    page.waitForURL(Pattern.compile("/(clinic|specialist)"));
    assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
    return page;
  }

  /** Compares what is to be read, and what is read out, with everything that the English says. */
  private static void nothingInEnglish(Page page, Words in, String where) {
    page.waitForTimeout(400);
    @SuppressWarnings("unchecked")
    var shown =
        (List<String>)
            page.evaluate(
                """
                () => {
                  const texts = [];
                  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walk.nextNode()) {
                    const { parentElement, textContent } = walk.currentNode;
                    if (parentElement.checkVisibility()) texts.push(textContent.trim());
                  }
                  for (const one of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
                    for (const name of ["aria-label", "placeholder", "title"]) {
                      if (one.hasAttribute(name)) texts.push(one.getAttribute(name).trim());
                    }
                  }
                  return texts;
                }
                """);
    assertThat(shown).as(where).isNotEmpty();
    assertThat(shown.stream().filter(in::isLeftInEnglish).distinct().toList())
        .as("left in English: " + where)
        .isEmpty();
  }

  /** What is folded up is to be read too. */
  private static void unfold(Page page) {
    page.evaluate("() => document.querySelectorAll('details').forEach(one => (one.open = true))");
  }

  private static void next(Page page, Words in, String step) {
    button(page, in, "next").click();
    assertThat(page.getByRole(AriaRole.HEADING, named(in.of("clinic", step)).setExact(true)))
        .isVisible();
    nothingInEnglish(page, in, step);
  }

  private static void choose(Page page, String group, String option) {
    page.getByRole(AriaRole.GROUP, named(group)).last().getByLabel(option).first().check();
  }

  private static Locator button(Page page, Words in, String key) {
    return page.getByRole(AriaRole.BUTTON, named(in.of("clinic", key)).setExact(true)).first();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions matching(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }
}
