package org.consilium.deploy.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.util.Map;

/** The system's Firefox ESR, headless, with a made-up camera and microphone. */
final class Firefox implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  Firefox() {
    playwright = Driver.start();
    browser =
        playwright
            .firefox()
            .launch(
                new LaunchOptions()
                    .setChannel("moz-firefox")
                    .setExecutablePath(
                        Driver.program(
                            "Firefox ESR", "CONSILIUM_FIREFOX", "firefox-esr", "firefox"))
                    .setFirefoxUserPrefs(
                        Map.of(
                            "media.navigator.streams.fake", true,
                            "media.navigator.permission.disabled", true,
                            "media.autoplay.default", 0)));
  }

  /** A new person at a new device. */
  Page page() {
    return Media.watched(
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
