package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clinicians share one telephone, and the link is away: what the first one writes waits sealed,
 * the second sees nothing of it, and all of it reaches the server once.
 */
class OfflineIT {
  private static final String QUESTION = "Asked without a link: what now?";
  private static final String MESSAGE = "Pulse is 130 now, counted without a link.";
  private static final String NUMBER = "KHC-9100";
  private static final String PIN = "482913";
  private static final String OTHERS_PIN = "903114";
  private static final String WRONG_PIN = "000111";

  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
                  + "rkJggg==");

  /** Resolves once the worker has kept the program and the page what its forms are made of. */
  private static final String ALL_IS_KEPT =
      """
      async () => {
        const words = async () => {
          for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys())
              if (/words-en-turns-/.test(url)) return true;
          return false;
        };
        const kept = () => new Promise((resolve) => {
          const opening = indexedDB.open("consilium-sealed");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("things").objectStore("things").getAllKeys();
            asked.onsuccess = () => resolve(asked.result.map(([, , id]) => id).join(" "));
          };
        });
        const wanted = [/consent-texts.language=sw/, /\\/forms\\/[^ ]+\\/\\d/, /triage-rules/];
        while (!(await words()) || !wanted.every((one) => one.test(found)))
          var found = await kept(), pause = await new Promise((go) => setTimeout(go, 200));
      }
      """;

  /** A colleague elsewhere decides upon the second recommendation that nobody has decided upon. */
  private static final String ACCEPT_THE_SECOND =
      """
      async (consult) => {
        const address = `/api/v1/consults/${consult}`;
        const { signed } = await (await fetch(`${address}/notes`)).json();
        const open = signed[0].recommendations.filter(({ decision }) => !decision);
        const headers = {
          "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID()
        };
        const body = JSON.stringify({ decision: "accept" });
        const path = `${address}/recommendations/${open[1].id}/decision`;
        const { status } = await fetch(path, { method: "POST", headers, body });
        if (status !== 201) throw new Error(String(status));
      }
      """;

  /** What was decided upon the last two recommendations, the earlier before the later. */
  private static final String DECISIONS =
      "signed[0].recommendations.slice(2).map(({ decision, earlierDecisions = [] }) =>"
          + " [...earlierDecisions, decision].map((one) => one?.decision).join()).join('|')";

  @TempDir static Path data;
  private static RunningProduct product;
  private static Chromium chromium;
  private static BrowserContext telephone;
  private static Page page;

  @BeforeAll
  static void start() {
    product = new RunningProduct(data);
    chromium = new Chromium();
  }

  @BeforeEach
  void takeTelephone() {
    page = chromium.page();
    page.setViewportSize(360, 740);
    telephone = page.context();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    product.close();
  }

  @Test
  void two_people_on_one_telephone_lose_nothing_and_see_nothing_of_each_other() {
    page.navigate(address("/sign-in"));
    signIn("clinician.np@demo");
    setPin(OTHERS_PIN);
    var other = accountName();
    lock();
    button("Sign in with the password").click();
    signIn("clinician@demo");
    setPin(PIN);
    var own = accountName();
    page.getByRole(AriaRole.LINK, matching("Why does her heart race")).first().click();
    page.waitForURL("**/clinic/consults/*");
    var consult = page.url().replaceFirst(".*/", "");
    page.getByRole(AriaRole.TAB, named("Messages")).click();
    page.evaluate(ALL_IS_KEPT);

    telephone.setOffline(true);
    page.getByLabel("Write a message").fill(MESSAGE);
    button("Send").first().click();
    assertThat(page.getByText("Not sent yet")).isVisible();
    page.navigate(address("/clinic"));
    unlock(own, PIN);
    assertThat(page.getByText("Waiting to be sent").first()).isVisible();
    ask();
    assertThat(page.getByText(QUESTION).first()).isVisible();

    lock();
    choose(other);
    typePin(WRONG_PIN);
    assertThat(page.getByText("4 tries are left")).isVisible();
    typePin(OTHERS_PIN);
    assertThat(button("Lock or switch person")).isVisible();
    assertThat(page.getByText("Waiting to be sent")).hasCount(0);
    page.navigate(address("/clinic/consults/" + consult));
    unlock(other, OTHERS_PIN);
    assertThat(page.locator("main")).not().containsText("heart race");
    assertThat(page.locator("body")).not().containsText(MESSAGE);
    assertThat(page.locator("body")).not().containsText(NUMBER);

    lock();
    page.navigate(address("/clinic"));
    unlock(own, PIN);
    assertThat(page.getByText("Waiting to be sent").first()).isVisible();
    telephone.setOffline(false);
    var inTime = new LocatorAssertions.HasCountOptions().setTimeout(90_000);
    assertThat(page.getByText("Waiting to be sent")).hasCount(0, inTime);
    assertThat(page.getByRole(AriaRole.LINK, matching("Asked without a link"))).hasCount(1);
    onceOnTheServer(consult);

    lock();
    assertThat(get("/sessions/current", "code")).isEqualTo("not-signed-in");
    choose(own);
    for (int left = 4; left > 0; left--) {
      typePin(WRONG_PIN);
      assertThat(page.getByText(left + (left == 1 ? " try is" : " tries are") + " left"))
          .isVisible();
    }
    typePin(WRONG_PIN);
    assertThat(page.getByText("This PIN is over")).isVisible();
    button("Sign in with the password").click();
    signIn("clinician@demo");
    lock();
    unlock(own, PIN);
  }

  @Test
  void what_is_decided_without_a_link_goes_out_in_order_and_passes_over_nobody() {
    page.navigate(address("/sign-in"));
    signIn("clinician@demo");
    page.getByRole(AriaRole.LINK, matching("Third month of cough")).first().click();
    page.waitForURL("**/clinic/consults/*");
    var consult = page.url().replaceFirst(".*/", "");
    button("^Ask.*Teaching").click();
    button("^Keep$").click();

    telephone.setOffline(true);
    button("^Accept$").first().click();
    assertThat(page.getByText("Not sent yet")).hasCount(1);
    button("^Cannot do$").first().click();
    page.getByLabel("Why", new Page.GetByLabelOptions().setExact(true)).selectOption("cost");
    button("Keep this decision").click();
    assertThat(page.getByText("Not sent yet")).hasCount(2);
    button("^Ask.*Teaching").click();
    tick("Who decided?", "The patient");
    tick("What was the answer?", "Yes, agrees");
    button("Keep the answer").click();
    assertThat(page.getByText("Not sent yet")).hasCount(3);

    var here = page;
    page = chromium.page();
    page.navigate(address("/sign-in"));
    signIn("clinician@demo");
    page.evaluate(ACCEPT_THE_SECOND, consult);
    page = here;

    telephone.setOffline(false);
    page.navigate(address("/waiting"));
    var inTime = new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);
    assertThat(page.getByText("Somebody changed the same meanwhile")).isVisible(inTime);
    assertThat(page.getByText("Waits for the connection")).hasCount(0);
    button("Back to the form").click();
    assertThat(page.getByLabel("Why", new Page.GetByLabelOptions().setExact(true)))
        .hasValue("cost");
    button("Keep this decision").click();
    assertThat(page.getByText("Decision kept")).isVisible();
    assertThat(page.getByText("Not sent yet")).hasCount(0);
    var exactly = new Page.GetByTextOptions().setExact(true);
    assertThat(page.getByText("Cannot be done", exactly)).isVisible();
    assertThat(get("/consults/" + consult + "/notes", DECISIONS)).isEqualTo("accept|accept,cannot");
    var agreed = "items.filter((one) => one.purpose === 'teaching').map((one) => one.decision)";
    assertThat(get("/consults/" + consult + "/consents", agreed)).isEqualTo("granted");
  }

  /** Registers a patient and asks about them, with a photo, as far as that goes without a link. */
  private static void ask() {
    page.getByRole(AriaRole.LINK, named("New consult")).click();
    button("Register a new patient").click();
    page.getByLabel("Local number").fill(NUMBER);
    tick("Sex", "Female");
    page.getByRole(AriaRole.TEXTBOX, named("Age")).fill("30");
    tick("Allergies", "None known");
    page.getByRole(AriaRole.COMBOBOX, named("Language of the patient")).selectOption("sw");
    button("^Register").last().click();
    assertThat(page.getByText("No known allergies")).isVisible();
    next("Situation");
    page.getByLabel("Your question").fill(QUESTION);
    next("Background");
    tick("Pregnant?", "No");
    next("Measurements");
    page.getByLabel("Temperature").fill("38.6");
    page.locator("input[type=file][capture]")
        .last()
        .setInputFiles(new FilePayload("wound.png", "image/png", PICTURE));
    assertThat(page.getByText("Picture kept").first()).isVisible();
    next("Danger signs");
    var no = page.locator("label").filter(hasText("^No$")).locator("input");
    for (int i = 0; i < no.count(); i++) {
      no.nth(i).check();
    }
    next("More");
    next("Wanted");
    next("Urgency");
    next("Consent");
    tick("Who decided?", "The patient");
    tick("Advice from a colleague", "Yes, agrees");
    tick("Read and kept abroad", "Yes, agrees");
    tick("How was it given?", "Spoken");
    next("Check and send");
    button("Send the request").click();
    page.waitForURL("**/clinic");
  }

  private static void onceOnTheServer(String consult) {
    var patients = get("/patients?query=" + NUMBER + "&limit=20", "items.length");
    assertThat(patients).isEqualTo("1");
    var asked =
        "items.filter((one) => JSON.stringify(one).includes(" + quoted(QUESTION) + ")).length";
    assertThat(get("/consults?view=open&limit=100", asked)).isEqualTo("1");
    var said = "items.filter(({ text }) => text === " + quoted(MESSAGE) + ").length";
    assertThat(get("/consults/" + consult + "/messages", said)).isEqualTo("1");
    var id = "items.find((one) => JSON.stringify(one).includes(" + quoted(QUESTION) + ")).id";
    var mine = get("/consults?view=open&limit=100", id);
    assertThat(get("/consults/" + mine + "/attachments", "items.length")).isEqualTo("1");
  }

  /** What the server says to the telephone, once {@code path} of its body picks something out. */
  private static String get(String address, String path) {
    var script =
        """
        async (address) => {
          for (let tries = 0; ; tries++) {
            const it = await (await fetch("/api/v1" + address)).json();
            const found = String(it.%s);
            if ((found !== "undefined" && found !== "0") || tries > 100) return found;
            await new Promise((go) => setTimeout(go, 200));
          }
        }
        """;
    return (String) page.evaluate(script.formatted(path), address);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static void signIn(String email) {
    page.waitForResponse(
        answer -> answer.url().contains("/api/v1/vaults/"), () -> typePassword(email));
    page.waitForURL("**/clinic");
  }

  private static void typePassword(String email) {
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    button("^Sign in$").click();
  }

  private static void setPin(String pin) {
    button("Lock or switch person").click();
    page.getByLabel("New PIN").fill(pin);
    page.getByLabel("The same PIN again").fill(pin);
    page.getByLabel("Your password").fill(product.password());
    button("Set the PIN").click();
    assertThat(page.getByText("You have a PIN on this device")).isVisible();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Close")).click();
  }

  private static String accountName() {
    var menu = button("^Account of").getAttribute("aria-label");
    var label = menu == null ? button("^Account of").innerText() : menu;
    return label.replaceFirst("(?s).*Account of ([^\\n,]+).*", "$1").strip();
  }

  private static void lock() {
    button("Lock or switch person").click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Who is it?"))).isVisible();
  }

  private static void unlock(String name, String pin) {
    choose(name);
    typePin(pin);
    assertThat(button("Lock or switch person")).isVisible();
  }

  private static void choose(String name) {
    page.getByRole(AriaRole.LIST).getByRole(AriaRole.BUTTON, in(name)).click();
  }

  private static void typePin(String pin) {
    page.getByLabel("Your PIN").fill(pin);
    button("^Open$").click();
  }

  private static void next(String step) {
    button("^Next").click();
    assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(step).setExact(true)))
        .isVisible();
  }

  private static void tick(String group, String option) {
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

  private static String address(String path) {
    return "http://localhost:" + product.port() + path;
  }

  private static Locator button(String pattern) {
    return page.getByRole(AriaRole.BUTTON, matching(pattern));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions matching(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  private static Locator.FilterOptions hasText(String pattern) {
    return new Locator.FilterOptions().setHasText(Pattern.compile(pattern));
  }
}
