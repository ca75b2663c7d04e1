package org.consilium.deploy.bench.call;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.consilium.deploy.browser.Chromium;
import org.consilium.deploy.browser.Coturn;
import org.consilium.deploy.browser.Media;
import org.consilium.deploy.browser.Probe;
import org.consilium.deploy.browser.RunningProduct;
import org.consilium.deploy.browser.UntunedCall;
import org.consilium.deploy.link.TcpLink;
import org.consilium.deploy.link.Terms;
import org.consilium.deploy.link.UdpLink;
import org.consilium.deploy.link.Wire;

/**
 * The running product, its relay and a browser at each end of calls between a clinic and a
 * specialist. The clinic is behind a line; media go through the relay only, so that all pass it.
 */
public final class Stage {
  private static final String CONSULT = "heart race";
  private static final double PATIENCE_MILLIS = 180_000;

  /** The service worker has fetched all that the application consists of. */
  private static final String INSTALLED = "async () => void (await navigator.serviceWorker.ready)";

  private final RunningProduct product;
  private final int relayPort;
  private final Chromium clinicBrowser;
  private final Chromium specialistBrowser;
  private final List<Cookie> clinicSession;
  private final List<Cookie> specialistSession;
  private final String consult;

  public Stage(
      RunningProduct product, int relayPort, Chromium clinicBrowser, Chromium specialistBrowser) {
    this.product = product;
    this.relayPort = relayPort;
    this.clinicBrowser = clinicBrowser;
    this.specialistBrowser = specialistBrowser;
    var clinician = signIn(clinicBrowser.page(), "clinician@demo");
    clinician
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(CONSULT)))
        .click();
    clinician.waitForURL("**/clinic/consults/*");
    consult = clinician.url().replaceFirst(".*/", "");
    clinicSession = leave(clinician);
    specialistSession = leave(signIn(specialistBrowser.page(), "specialist@demo"));
  }

  /** The clinic's link: what it does, and the two paths over it. */
  public record Line(Wire wire, UdpLink udp, TcpLink tcp) implements AutoCloseable {
    void changeNetwork() {
      udp.changeNetwork();
      tcp.changeNetwork();
    }

    @Override
    public void close() throws IOException {
      udp.close();
      tcp.close();
      wire.close();
    }
  }

  /** A line of its own to the product and its relay, with nothing in the way yet. */
  public Line line() {
    var wire = new Wire();
    return new Line(wire, new UdpLink(relayPort, wire), new TcpLink(product.port(), wire));
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

  /** One who is signed in, at a device that has never been in a call. */
  private static Page device(Chromium browser, List<Cookie> session, int relayPort) {
    var page = Probe.on(Media.through(relayPort, browser.page()));
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.context().addCookies(session);
    return page;
  }

  private Page clinic(Line line) {
    return device(clinicBrowser, clinicSession, line.udp().port());
  }

  private Page specialist() {
    return device(specialistBrowser, specialistSession, relayPort);
  }

  /**
   * Our own call, on a line that becomes so when the clinic's device has the whole application: the
   * specialist is in, the clinic looks at its devices over the line and joins.
   */
  public ProductCall productCall(Line line, Terms terms) {
    line.wire().become(Terms.FREE);
    var call = "/call/" + consult;
    var specialist = specialist();
    specialist.navigate(direct() + call);
    ProductCall.join(specialist);
    var clinic = clinic(line);
    clinic.navigate(line.tcp().address() + call);
    ProductCall.joinButton(clinic).waitFor();
    clinic.evaluate(INSTALLED);
    clinic.navigate("about:blank");
    line.wire().become(terms);
    clinic.navigate(line.tcp().address() + call);
    ProductCall.joinButton(clinic).waitFor();
    double readyMillis = ((Number) clinic.evaluate("performance.now()")).doubleValue();
    ProductCall.join(clinic);
    return new ProductCall(clinic, specialist, readyMillis / 1000);
  }

  /** The same two people in a call as the browser makes it. */
  public Conversation untunedCall(Line line, Terms terms, String kinds) {
    line.wire().become(Terms.FREE);
    var clinic = clinic(line);
    var specialist = specialist();
    UntunedCall.open(clinic, direct());
    UntunedCall.open(specialist, direct());
    line.wire().become(terms);
    UntunedCall.connect(clinic, specialist, List.of(Coturn.iceServer(relayPort)), kinds);
    return new Untuned(clinic, specialist);
  }

  private record Untuned(Page clinic, Page specialist) implements Conversation {}
}
