package org.consilium.deploy.bench.call;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.consilium.deploy.browser.Chromium;
import org.consilium.deploy.browser.Coturn;
import org.consilium.deploy.browser.Media;
import org.consilium.deploy.browser.Probe;
import org.consilium.deploy.browser.RunningProduct;
import org.consilium.deploy.browser.Speech;
import org.consilium.deploy.browser.UntunedCall;
import org.consilium.deploy.link.TcpLink;
import org.consilium.deploy.link.Terms;
import org.consilium.deploy.link.UdpLink;
import org.consilium.deploy.link.Wire;
import org.consilium.signaling.turn.TurnConfig;

/**
 * The product with its relay, a browser with a voice at each end, and the clinic's link between
 * them. Media go through the relay only, so that all of them pass the link.
 */
final class Stage implements AutoCloseable {
  private static final String CONSULT = "heart race";
  private static final double PATIENCE_MILLIS = 180_000;

  private final int relayPort = Coturn.freePort();
  private final Coturn coturn = new Coturn(relayPort);
  final Wire wire = new Wire();
  final UdpLink udp = new UdpLink(relayPort, wire);
  private final RunningProduct product;
  final TcpLink tcp;
  private final Chromium clinicBrowser;
  private final Chromium specialistBrowser;
  private final List<Cookie> clinicSession;
  private final List<Cookie> specialistSession;
  private final String consult;

  Stage(Path folder) throws IOException {
    var url = "turn:127.0.0.1:" + relayPort + "?transport=udp";
    product =
        new RunningProduct(
            folder.resolve("data"),
            new TurnConfig(List.of(url), Coturn.SECRET, Duration.ofHours(1)));
    tcp = new TcpLink(product.port(), wire);
    clinicBrowser = new Chromium(Speech.write(folder.resolve("clinic.wav"), 1, 190));
    specialistBrowser = new Chromium(Speech.write(folder.resolve("specialist.wav"), 2, 115));
    var clinician = signIn(clinicBrowser.page(), "clinician@demo");
    clinician
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(CONSULT)))
        .click();
    clinician.waitForURL("**/clinic/consults/*");
    consult = clinician.url().replaceFirst(".*/", "");
    clinicSession = leave(clinician);
    specialistSession = leave(signIn(specialistBrowser.page(), "specialist@demo"));
  }

  private Page signIn(Page page, String email) {
    page.navigate(direct() + "/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    page.waitForURL(Pattern.compile("/(clinic|specialist)"));
    return page;
  }

  private static List<Cookie> leave(Page page) {
    var cookies = page.context().cookies();
    page.context().close();
    return cookies;
  }

  private String direct() {
    return "http://localhost:" + product.port();
  }

  /** A page at the clinic of one who is signed in, on a device that has never been in a call. */
  Page clinic() {
    var page = measured(clinicBrowser, udp.port());
    page.context().addCookies(clinicSession);
    return page;
  }

  private Page specialist() {
    var page = measured(specialistBrowser, relayPort);
    page.context().addCookies(specialistSession);
    return page;
  }

  private static Page measured(Chromium browser, int port) {
    var page = Probe.on(Media.through(port, browser.page()));
    page.setDefaultTimeout(PATIENCE_MILLIS);
    return page;
  }

  String callAddress() {
    return tcp.address() + "/call/" + consult;
  }

  /**
   * Our own call, on a link that becomes so when the clinic has the page and all it consists of:
   * the specialist is in, the clinic looks at its devices over the link and joins.
   */
  ProductCall productCall(Terms terms) {
    wire.become(Terms.FREE);
    var specialist = specialist();
    specialist.navigate(direct() + "/call/" + consult);
    ProductCall.join(specialist);
    var clinic = clinic();
    clinic.navigate(callAddress());
    ProductCall.joinButton(clinic).waitFor();
    clinic.navigate("about:blank");
    wire.become(terms);
    clinic.navigate(callAddress());
    ProductCall.joinButton(clinic).waitFor();
    double readyMillis = ((Number) clinic.evaluate("performance.now()")).doubleValue();
    ProductCall.join(clinic);
    return new ProductCall(clinic, specialist, readyMillis / 1000);
  }

  /** The same two people in a call as the browser makes it. */
  Conversation untunedCall(Terms terms, String kinds) {
    wire.become(Terms.FREE);
    var clinic = clinic();
    var specialist = specialist();
    UntunedCall.open(clinic, direct());
    UntunedCall.open(specialist, direct());
    wire.become(terms);
    UntunedCall.connect(clinic, specialist, List.of(Coturn.iceServer(relayPort)), kinds);
    return new Untuned(clinic, specialist);
  }

  private record Untuned(Page clinic, Page specialist) implements Conversation {}

  @Override
  public void close() throws IOException {
    clinicBrowser.close();
    specialistBrowser.close();
    tcp.close();
    product.close();
    udp.close();
    wire.close();
    coturn.close();
  }
}
