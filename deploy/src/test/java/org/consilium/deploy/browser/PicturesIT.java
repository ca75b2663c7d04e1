package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture taken in a clinic whose link breaks in the middle, and what the specialist sees. */
class PicturesIT {
  private static final String TITLE = "Left calf, day 2";

  @TempDir static Path data;
  private static RunningProduct product;
  private static Chromium chromium;

  /** Milliseconds; the pauses between tries grow to 60 s. */
  private static final double GONE_ON_WITHIN = 90_000;

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
  void a_picture_cut_off_in_the_middle_is_gone_on_with_and_seen_abroad() throws Exception {
    var clinician = signIn("clinician@demo");
    clinician
        .getByRole(
            AriaRole.LINK,
            new Page.GetByRoleOptions().setName(Pattern.compile("Why does her heart race")))
        .click();
    clinician.waitForURL("**/clinic/consults/*");
    var consult = clinician.url().replaceFirst(".*/", "").replaceFirst("[?].*", "");
    clinician.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Messages")).click();
    press(clinician, "Add a picture or file");
    clinician.getByLabel("What does it show?").last().fill(TITLE);
    var link = clinician.context().newCDPSession(clinician);
    slow(link, false);

    clinician
        .locator("input[type=file][capture]")
        .last()
        .setInputFiles(new FilePayload("photo.jpg", "image/jpeg", noise()));
    assertThat(clinician.getByText(Pattern.compile("Original: [1-9]\\d? % sent")).first())
        .isVisible();
    slow(link, true);
    link.send("Network.disable");
    clinician.navigate(address() + "/clinic/consults/" + consult);

    var specialist = signIn("specialist@demo");
    specialist.navigate(address() + "/specialist/consults/" + consult);
    var thumbnail =
        specialist
            .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("View " + TITLE))
            .first();
    thumbnail.click();
    var dialog = specialist.getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText(TITLE).first()).isVisible();
    assertThat(dialog.getByText(Pattern.compile("Load the original")))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(GONE_ON_WITHIN));
    dialog.getByText("Larger").click();
    dialog.getByLabel("Brightness").fill("180");
    specialist.waitForFunction(
        "() => document.querySelector('.viewer-frame img').naturalWidth > 400");
  }

  /** As fast as a bad mobile link, or not at all. */
  private static void slow(CDPSession link, boolean cut) {
    var how = new JsonObject();
    how.addProperty("offline", cut);
    how.addProperty("latency", 20);
    how.addProperty("downloadThroughput", 2_000_000);
    how.addProperty("uploadThroughput", 120_000);
    link.send("Network.enable");
    link.send("Network.emulateNetworkConditions", how);
  }

  private static byte[] noise() throws IOException {
    var image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
    var random = new Random(7);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int grey = (x / 8 + y / 8) % 2 * 90 + random.nextInt(120);
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private static String address() {
    return "http://localhost:" + product.port();
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
  }

  private static Page signIn(String email) {
    var page = chromium.page();
    page.navigate(address() + "/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(product.password());
    press(page, "Sign in");
    page.waitForURL(Pattern.compile("/(clinic|scheduler|specialist)"));
    return page;
  }
}
