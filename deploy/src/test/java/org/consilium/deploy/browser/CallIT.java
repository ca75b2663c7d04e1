package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.consilium.deploy.link.UdpLink;
import org.consilium.deploy.link.Wire;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls between real browsers, over a real relay, on links that fail. */
class CallIT {
  private static final Duration OUTAGE = Duration.ofSeconds(3);

  @TempDir static Path data;
  private static UdpLink udp;
  private static Coturn coturn;
  private static RunningProduct product;
  private static Link link;
  private static Chromium chromium;
  private static Page clinician;
  private static Page specialist;
  private static String consult;

  @BeforeAll
  static void start() throws Exception {
    int relayPort = Coturn.freePort();
    coturn = new Coturn(relayPort);
    udp = new UdpLink(relayPort, new Wire());
    var turn =
        new TurnConfig(
            List.of("turn:127.0.0.1:" + udp.port() + "?transport=udp"),
            Coturn.SECRET,
            Duration.ofHours(1));
    product = new RunningProduct(data, turn);
    link = new Link(product.port());
    chromium = new Chromium();
    clinician = signIn(chromium.page(), "clinician@demo");
    specialist = signIn(chromium.page(), "specialist@demo");
    clinician
        .getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("heart race")))
        .click();
    clinician.waitForURL("**/clinic/consults/*");
    consult = clinician.url().replaceFirst(".*/", "");
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    link.close();
    product.close();
    udp.close();
    coturn.close();
  }

  @AfterEach
  void leaveTheCall() {
    link.refuseSignaling(false);
    leave(clinician);
    leave(specialist);
  }

  private static void leave(Page page) {
    page.getByRole(AriaRole.BUTTON, called("^Leave")).click();
    assertThat(page.locator("[data-call-state=over]")).isVisible();
  }

  @Test
  void chromium_and_firefox_hear_and_see_each_other_whoever_offers() {
    join(specialist);
    try (var firefox = new Firefox()) {
      var other = signIn(firefox.page(), "clinician@demo");
      join(other);
      Media.framesArrive(other);
      Media.framesArrive(specialist);
      Media.voicesArrive(other, 1);
      Media.voicesArrive(specialist, 1);
      assertThat(Media.offered(specialist)).isTrue();

      leave(specialist);
      join(specialist);
      Media.framesArrive(specialist);
      Media.framesArrive(other);
      Media.voicesArrive(other, 1);
      Media.voicesArrive(specialist, 1);
      assertThat(Media.offered(other)).isTrue();
      leave(other);
    }
    join(clinician);
  }

  @Test
  void three_people_see_and_hear_each_of_the_others() {
    join(clinician);
    join(specialist);
    var guest = inviteAndAdmit("Zawadi");
    for (var page : List.of(clinician, specialist, guest)) {
      Media.framesArrive(page, 2);
      Media.voicesArrive(page, 2);
      assertThat(Media.peersMade(page)).isEqualTo(2);
      assertThat(page.locator("[data-remote-seat]")).hasCount(2);
    }
    leave(guest);
    guest.context().close();
  }

  @Test
  void media_go_on_while_signaling_is_lost_and_what_was_written_meanwhile_comes_once() {
    join(clinician);
    join(specialist);
    Media.framesArrive(clinician);
    var seat = clinician.locator("[data-remote-seat]").getAttribute("data-remote-seat");

    link.refuseSignaling(true);
    assertThat(link.cutSignaling()).isGreaterThanOrEqualTo(2);
    assertThat(clinician.locator("[data-call-state=reconnecting]")).isVisible();
    write(clinician, "First, while away");
    write(clinician, "Second, while away");
    clinician.waitForTimeout(OUTAGE.toMillis());
    Media.framesArrive(clinician);
    Media.framesArrive(specialist);
    link.refuseSignaling(false);

    assertThat(clinician.locator("[data-call-state=talking]")).isVisible();
    assertThat(specialist.locator("[data-call-state=talking]")).isVisible();
    openChat(specialist);
    assertThat(specialist.locator(".call-lines .line"))
        .containsText(new String[] {"First, while away", "Second, while away"});
    assertThat(clinician.locator("[data-remote-seat]")).hasAttribute("data-remote-seat", seat);
    assertThat(List.of(Media.peersMade(clinician), Media.peersMade(specialist)))
        .as("nothing was negotiated anew")
        .containsExactly(1, 1);
  }

  @Test
  void a_call_through_the_relay_survives_a_change_of_networks() {
    for (var page : List.of(clinician, specialist)) {
      prepare(page);
      page.getByLabel("Hide my network address from the others").check();
      enter(page);
    }
    for (var page : List.of(clinician, specialist)) {
      Media.framesArrive(page);
      assertThat(Media.pathOf(page)).containsExactly("relay", "relay");
    }
    var before = Media.credentialsOf(clinician);

    assertThat(udp.changeNetwork()).isGreaterThanOrEqualTo(2);
    clinician.evaluate("dispatchEvent(new Event('online'))");

    Media.framesArrive(clinician);
    Media.framesArrive(specialist);
    assertThat(Media.credentialsOf(clinician)).isNotEqualTo(before);
    for (var page : List.of(clinician, specialist)) {
      assertThat(Media.pathOf(page)).containsExactly("relay", "relay");
      assertThat(Media.peersMade(page)).as("restarted, not made anew").isEqualTo(1);
    }
  }

  @Test
  void one_who_is_made_an_observer_sees_it_and_decides_nothing_any_more() {
    join(clinician);
    join(specialist);
    Media.framesArrive(clinician);
    openPeople(specialist);
    openPeople(clinician);
    var end = clinician.getByRole(AriaRole.BUTTON, called("End the call for everybody"));
    assertThat(end).isVisible();

    specialist.getByRole(AriaRole.BUTTON, called("Change the role of Achieng")).click();
    var dialog = specialist.getByRole(AriaRole.DIALOG);
    dialog.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Observer")).check();
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();

    assertThat(clinician.locator("[data-role-news]")).containsText("Observer");
    assertThat(end).isHidden();
    assertThat(specialist.locator("[data-remote-seat]")).containsText("Observer");
    Media.framesArrive(clinician);
    Media.framesArrive(specialist);
  }

  private static Page inviteAndAdmit(String name) {
    @SuppressWarnings("unchecked")
    var made =
        (Map<String, Object>)
            specialist.evaluate(
                """
                async ([consult, name]) => {
                  const answer = await fetch(`/api/v1/consults/${consult}/call/guest-links`, {
                    method: 'POST',
                    headers: {
                      'Content-Type': 'application/json',
                      'Idempotency-Key': crypto.randomUUID(),
                    },
                    body: JSON.stringify({ name, role: 'patient' }),
                  });
                  return answer.json();
                }\
                """,
                List.of(consult, name));
    var address = URI.create((String) made.get("url"));
    var guest = chromium.page();
    guest.navigate(link.address() + address.getPath() + "#" + address.getFragment());
    enter(guest);
    specialist.getByRole(AriaRole.BUTTON, called("^Admit " + name)).click();
    return guest;
  }

  private static void write(Page page, String text) {
    openChat(page);
    page.getByLabel("Write to everybody in the call").fill(text);
    page.getByRole(AriaRole.BUTTON, called("^Send$")).click();
  }

  private static void openChat(Page page) {
    open(page, "chat");
  }

  private static void openPeople(Page page) {
    open(page, "people");
  }

  private static void open(Page page, String panel) {
    var control = page.locator("[data-act=" + panel + "]");
    if (!"true".equals(control.getAttribute("aria-expanded"))) {
      control.click();
    }
  }

  private static void join(Page page) {
    prepare(page);
    enter(page);
  }

  private static void prepare(Page page) {
    page.navigate(link.address() + "/call/" + consult);
  }

  private static void enter(Page page) {
    page.getByRole(AriaRole.BUTTON, called("Join with picture and sound")).click();
  }

  private static Page signIn(Page page, String email) {
    page.navigate(link.address() + "/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    page.getByRole(AriaRole.BUTTON, called("^Sign in")).click();
    page.waitForURL(Pattern.compile("/(clinic|specialist)"));
    return page;
  }

  private static Page.GetByRoleOptions called(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }
}
