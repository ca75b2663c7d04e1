package org.consilium.deploy;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.consilium.deploy.browser.Chromium;
import org.consilium.platform.access.Relation;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A note's life as its author, the clinic and a trainee live it at their browsers. */
class NotesJourneyIT {
  @TempDir static Path data;
  private static CareWorld care;
  private static Server server;
  private static Chromium chromium;
  private static ConsultId first;
  private static ConsultId second;

  /** The consults are taken before the server runs, whose clock is another one. */
  @BeforeAll
  static void start() {
    care = new CareWorld();
    first = care.accepted();
    second = care.accepted();
    care.asServer(tx ->
        care.world.platform().careTeam().join(tx, second, care.arjun.id(), Relation.SPECIALIST));
    var settings =
        new Settings(
            0,
            0,
            data,
            Optional.of(care.world.address()),
            Optional.empty(),
            ClientAddresses.DIRECT,
            Optional.empty(),
            TurnConfig.NONE,
            Optional.empty(),
            Optional.empty(),
            false);
    var signer = Signer.keptIn(data.resolve("keys"));
    server = Server.start(settings, care.world.address(), Clock.systemUTC(), signer);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    server.close();
    care.close();
  }

  @Test
  void two_devices_meet_and_what_was_signed_is_added_to_corrected_and_taken_back() {
    var consult = first;
    var desk = answering(care.ines, consult);
    collide(desk, consult);
    signExactlyWhatIsShown(desk, consult);

    var clinic = signedIn(care.clinician, "/clinic/consults/" + consult + "?tab=answer");
    assertThat(clinic.getByText("He can stay. And weigh him.").first()).isVisible();

    button(desk, "Add to this note").first().click();
    desk.getByLabel("What is to be added, in one line").fill("Also look for scabies.");
    button(desk, "Preview and sign").click();
    sign(desk, "Sign and add");
    assertThat(clinic.getByText("Also look for scabies.")).isVisible();
    assertThat(clinic.getByText("Added later")).isVisible();

    button(desk, "Correct").first().click();
    desk.getByLabel("What was wrong").fill("The side.");
    desk.getByLabel("The question answered in one line").fill("The left leg, not the right.");
    advise(desk, "Raise the left leg");
    button(desk, "Preview and sign").click();
    sign(desk, "Sign the correction");
    assertThat(clinic.getByText("The left leg, not the right.").first()).isVisible();
    clinic.getByText("The old text, no longer valid").click();
    assertThat(clinic.locator("del").getByText("He can stay. And weigh him.")).isVisible();

    button(desk, "Take back").first().click();
    desk.getByLabel("It was written for another patient").check();
    button(desk, "Preview and sign").click();
    sign(desk, "Sign and take it back");
    assertThat(clinic.getByText("Do not act on it").first()).isVisible();
    assertThat(clinic.getByText("The left leg, not the right.")).isHidden();
    clinic.navigate(address() + "/clinic");
    var told =
        clinic.getByText(
            "A note you have read was written for another patient and taken back",
            new Page.GetByTextOptions().setExact(true));
    assertThat(told).isVisible();
    button(clinic, "I know").first().click();
    assertThat(told).isHidden();
  }

  @Test
  void a_trainee_signs_and_somebody_experienced_co_signs() {
    var consult = second;
    var head = care.world.person("Head", care.volunteers, Role.ADMINISTRATOR);
    var admin = signedIn(head, "/admin/volunteers");
    button(admin, "Arjun Mehta needs a second signature").click();
    assertThat(admin.getByText("with a second signature")).isVisible();

    var trainee = answering(care.arjun, consult);
    trainee.getByLabel("The question answered in one line").fill("Keep her here.");
    advise(trainee, "Oxygen by nose");
    button(trainee, "Preview and sign").click();
    assertThat(trainee.getByText("You are in training")).isVisible();
    sign(trainee, "Sign");

    var clinic = signedIn(care.clinician, "/clinic/consults/" + consult + "?tab=answer");
    assertThat(clinic.getByText("Not yet co-signed")).isVisible();
    var senior = answering(care.ines, consult);
    button(senior, "Co-sign").click();
    sign(senior, "Co-sign");
    assertThat(clinic.getByText("Not yet co-signed")).isHidden();
    assertThat(clinic.getByText("Co-signed").first()).isVisible();
  }

  /** Both texts stand on the page until the author puts them into one. */
  private static void collide(Page desk, ConsultId consult) {
    answer(desk).fill("He can stay.");
    assertThat(desk.getByText(Pattern.compile("^Saved .*\\d"))).isVisible();
    var phone = answering(care.ines, consult);
    phone.setViewportSize(360, 740);
    assertThat(answer(phone)).hasValue("He can stay.");
    phone.context().setOffline(true);
    answer(phone).fill("He can stay. And weigh him.");
    assertThat(phone.getByText("Kept on this device, not on the server yet")).isVisible();
    desk.getByLabel("Impression").fill("Typed at the desk meanwhile");
    assertThat(desk.getByText(Pattern.compile("^Saved .*\\d"))).isVisible();
    phone.context().setOffline(false);
    assertThat(phone.getByText("Another draft of this note")).isVisible();
    desk.reload();
    assertThat(desk.getByText("Another draft of this note")).isVisible();
    assertThat(answer(desk)).hasValue("He can stay. And weigh him.");
    assertThat(desk.getByText("Typed at the desk meanwhile")).isVisible();
    button(phone, "Put its text in here").click();
    assertThat(phone.getByText("Another draft of this note")).isHidden();
    assertThat(phone.getByLabel("Impression")).hasValue("Typed at the desk meanwhile");
    phone.close();
    desk.reload();
    assertThat(desk.getByLabel("Impression")).hasValue("Typed at the desk meanwhile");
  }

  private static void signExactlyWhatIsShown(Page desk, ConsultId consult) {
    answer(desk).fill("He can stay. And weigh him.");
    advise(desk, "Weigh him each morning");
    button(desk, "Preview and sign").click();
    var shown = desk.locator("dialog pre").textContent();
    assertThat(shown)
        .contains("He can stay. And weigh him.", "Typed at the desk meanwhile", "Weigh him each");
    var hash = HexFormat.of().formatHex(Secrets.sha256(shown.getBytes(StandardCharsets.UTF_8)));
    assertThat(desk.locator("dialog code")).hasText(hash);
    desk.getByLabel("Your password").fill("not mine");
    button(desk, "^Sign$").click();
    assertThat(desk.getByText("That is not your password").first()).isVisible();
    sign(desk, "Sign");
    String kept =
        care.world
            .platform()
            .database()
            .asWorker(tx ->
                tx.one(
                        "SELECT encode(shown_sha256, 'hex') AS shown FROM records.note_version"
                            + " WHERE consult_id = $1",
                        consult)
                    .orElseThrow()
                    .getString("shown"));
    assertThat(kept).isEqualTo(hash);
  }

  private static void advise(Page page, String what) {
    button(page, "Add a recommendation").click();
    exactly(page, "Kind").last().selectOption("procedure");
    exactly(page, "When").last().selectOption("today");
    exactly(page, "What to do").last().fill(what);
  }

  private static void sign(Page page, String act) {
    page.getByLabel("Your password").fill(care.ines.password());
    var dialog = page.getByRole(AriaRole.DIALOG);
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(act).setExact(true))
        .click();
    assertThat(dialog).isHidden();
  }

  private static Locator answer(Page page) {
    return page.getByLabel("The question answered in one line");
  }

  private static Page answering(TestPerson person, ConsultId consult) {
    return signedIn(person, "/specialist/consults/" + consult + "?tab=answer");
  }

  private static Page signedIn(TestPerson person, String path) {
    var page = chromium.page();
    page.navigate(address() + "/sign-in");
    page.getByLabel("E-mail").fill(person.email());
    exactly(page, "Password").fill(person.password());
    button(page, "Sign in").click();
    page.waitForURL(Pattern.compile("/(clinic|specialist|admin)"));
    page.navigate(address() + path);
    return page;
  }

  private static String address() {
    return "http://localhost:" + server.port();
  }

  private static Locator exactly(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Page page, String pattern) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(pattern)));
  }
}
