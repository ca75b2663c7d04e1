package org.consilium.deploy.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's Chromium, headless, with a made-up camera and microphone. The driver is the web
 * client's own playwright-core and the system's Node, so that nothing is downloaded.
 */
final class Chromium implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 20_000;

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    System.setProperty("playwright.cli.dir", driver().toString());
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--use-fake-ui-for-media-stream",
                            "--use-fake-device-for-media-stream")));
  }

  /** A new person at a new device. */
  Page page() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setPermissions(List.of("camera", "microphone")));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(
        """
        const Real = window.RTCPeerConnection;
        window.peers = [];
        window.RTCPeerConnection = class extends Real {
          constructor(...given) { super(...given); window.peers.push(this); }
        };\
        """);
    return context.newPage();
  }

  /** Waits until this page decodes video of others: a few frames more within half a second. */
  static void framesArrive(Page page) {
    page.waitForFunction(
        """
        async () => {
          const frames = async () => {
            let all = 0;
            for (const peer of window.peers)
              for (const stat of (await peer.getStats()).values())
                if (stat.type === 'inbound-rtp' && stat.kind === 'video')
                  all += stat.framesDecoded ?? 0;
            return all;
          };
          const before = await frames();
          await new Promise((done) => setTimeout(done, 500));
          return (await frames()) > before + 2;
        }\
        """);
  }

  /** How many peer connections this page has ever made. */
  static int peersMade(Page page) {
    return ((Number) page.evaluate("window.peers.length")).intValue();
  }

  /** The driver's folder as the library wants it: {@code node} and {@code package}. */
  private static Path driver() {
    try {
      var folder = Files.createDirectories(Path.of("target", "playwright").toAbsolutePath());
      link(folder.resolve("node"), onPath("node").orElseThrow(() -> missing("Node.js")));
      link(
          folder.resolve("package"),
          Path.of("..", "web-client", "node_modules", "playwright-core").toRealPath());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path target) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, target);
  }

  private static Path executable() {
    return Optional.ofNullable(System.getenv("CONSILIUM_CHROMIUM"))
        .map(Path::of)
        .or(() ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst())
        .orElseThrow(() -> missing("Chromium"));
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException("The browser tests need " + what + " on the PATH.");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
