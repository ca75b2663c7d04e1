package org.consilium.deploy.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.List;

/** The system's Chromium, headless, with a made-up camera and microphone. */
public final class Chromium implements AutoCloseable {
  /** How long a page has to show something, also on a machine busy with other tests. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

  private final Playwright playwright;
  private final Browser browser;

  public Chromium() {
    playwright = Driver.start();
    PlaywrightAssertions.setDefaultAssertionTimeout(SHOWN_WITHIN.toMillis());
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(
                        Driver.program(
                            "Chromium",
                            "CONSILIUM_CHROMIUM",
                            "chromium",
                            "chromium-browser",
                            "google-chrome"))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--use-fake-ui-for-media-stream",
                            "--use-fake-device-for-media-stream=fps=10")));
  }

  /** A new person at a new device. */
  public Page page() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setPermissions(List.of("camera", "microphone")));
    return Media.watched(context);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
