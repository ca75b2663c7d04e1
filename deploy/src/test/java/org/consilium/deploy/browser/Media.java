package org.consilium.deploy.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;

/** What a page's peer connections carry, as the browser itself counts it. */
public final class Media {
  private static final double PATIENCE_MILLIS = 20_000;

  /** Several coders of pictures on a busy machine need their time. */
  private static final Duration PATIENCE_WITH_MEDIA = Duration.ofSeconds(60);

  private static final double PAUSE_MILLIS = 100;

  /** Keeps hold of every peer connection of the page, and counts frames by connection. */
  private static final String WATCH =
      """
      const Real = window.RTCPeerConnection;
      window.peers = [];
      window.RTCPeerConnection = class extends Real {
        constructor(...given) { super(...given); window.peers.push(this); }
      };
      window.frames = async (kind = 'video') => {
        const all = [];
        for (const peer of window.peers) {
          if (peer.signalingState === 'closed') continue;
          let frames = 0;
          for (const stat of (await peer.getStats()).values())
            if (stat.type === 'inbound-rtp' && stat.kind === kind)
              frames += (kind === 'video' ? stat.framesDecoded : stat.packetsReceived) ?? 0;
          all.push(frames);
        }
        return all;
      };
      window.flows = async (people, kind) => {
        const before = await window.frames(kind);
        await new Promise((done) => setTimeout(done, 500));
        const after = await window.frames(kind);
        return after.filter((frames, i) => frames > (before[i] ?? 0)).length >= people;
      };\
      """;

  /** The clinic's relay is reached over its link, whatever the server names. */
  private static final String THROUGH =
      """
      (() => {
        const turned = (given = {}) => ({
          ...given,
          iceTransportPolicy: 'relay',
          iceServers: (given.iceServers ?? []).map((server) => ({
            ...server,
            urls: 'turn:127.0.0.1:%d?transport=udp',
          })),
        });
        const Real = window.RTCPeerConnection;
        window.RTCPeerConnection = class extends Real {
          constructor(given) { super(turned(given)); }
          setConfiguration(given) { super.setConfiguration(turned(given)); }
        };
      })();\
      """;

  private Media() {}

  static Page watched(BrowserContext context) {
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(WATCH);
    return context.newPage();
  }

  /** From the next address that it opens, this page's media go through the relay at that port. */
  public static Page through(int relayPort, Page page) {
    page.addInitScript(THROUGH.formatted(relayPort));
    return page;
  }

  /** Waits until this page decodes the picture of somebody: more of them after half a second. */
  static void framesArrive(Page page) {
    framesArrive(page, 1);
  }

  /** Waits until it decodes the pictures of so many others at once. */
  static void framesArrive(Page page, int others) {
    arrive(page, "others => window.flows(others, 'video')", others);
  }

  /** Waits until it hears so many others. */
  static void voicesArrive(Page page, int others) {
    arrive(page, "others => window.flows(others, 'audio')", others);
  }

  /** Asks again and again: a wait of the browser's own takes the promise for its answer. */
  private static void arrive(Page page, String condition, int others) {
    long deadline = System.nanoTime() + PATIENCE_WITH_MEDIA.toNanos();
    while (!Boolean.TRUE.equals(page.evaluate(condition, others))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nothing came of " + others + " others: " + condition);
      }
      page.waitForTimeout(PAUSE_MILLIS);
    }
  }

  /** How many peer connections this page has ever made. */
  static int peersMade(Page page) {
    return ((Number) page.evaluate("window.peers.length")).intValue();
  }

  /** The kinds of the two candidates that the page's newest connection uses. */
  @SuppressWarnings("unchecked")
  static List<String> pathOf(Page page) {
    return (List<String>)
        page.evaluate(
            """
            async () => {
              const stats = await window.peers.at(-1).getStats();
              const all = [...stats.values()];
              const transport = all.find((s) => s.type === 'transport' && s.selectedCandidatePairId);
              const pair = stats.get(transport.selectedCandidatePairId);
              return [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)]
                .map((candidate) => candidate.candidateType);
            }\
            """);
  }

  /** The name that the ICE credentials of the page's newest connection have now. */
  static String credentialsOf(Page page) {
    return (String)
        page.evaluate(
            "window.peers.at(-1).localDescription.sdp.match(/a=ice-ufrag:(.*)/)[1].trim()");
  }

  /** Whether this page made the offer that its newest connection began with. */
  static boolean offered(Page page) {
    return "offer".equals(page.evaluate("window.peers.at(-1).localDescription.type"));
  }
}
