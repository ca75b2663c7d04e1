package org.consilium.deploy.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The system's Chromium, headless, with a made-up camera and microphone. */
public final class Chromium implements AutoCloseable {
  /** How long a page has to show something, also on a machine busy with other tests. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--use-fake-ui-for-media-stream",
          "--use-fake-device-for-media-stream=fps=10");

  private final Playwright playwright;
  private final Browser browser;

  public Chromium() {
    this(List.of());
  }

  /** Its microphone hears this WAV file over and over. */
  public Chromium(Path voice) {
    this(List.of("--use-file-for-fake-audio-capture=" + voice.toAbsolutePath()));
  }

  private Chromium(List<String> more) {
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
                    .setArgs(Stream.concat(FLAGS.stream(), more.stream()).toList()));
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
