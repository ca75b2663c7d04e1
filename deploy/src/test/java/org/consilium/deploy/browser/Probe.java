package org.consilium.deploy.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** Reads four times a second what a page's calls send and hear. Counters never fall. */
public final class Probe {
  /**
   * One look.
   *
   * @param at milliseconds of the clock that all pages of this machine share
   * @param talked the energy of the own voice so far
   * @param packets packets of voice that came
   * @param samples samples of voice that were played
   * @param concealed those of them that the browser made up
   * @param delaySum seconds that samples waited to be played, all together
   * @param delayCount how many waited
   * @param frames frames of pictures that were decoded
   * @param sent bytes sent by the calls, headers below RTP not counted
   * @param received bytes that came
   * @param stills pictures that came beside the voice
   * @param roundTrip milliseconds, as ICE measured last; 0 before that
   * @param rung where the page says that it stands on its ladder; empty when it says nothing
   */
  public record Look(
      long at,
      double talked,
      long packets,
      long samples,
      long concealed,
      double delaySum,
      long delayCount,
      long frames,
      long sent,
      long received,
      long stills,
      double roundTrip,
      String rung) {}

  private static final String SCRIPT =
      """
      (() => {
        const last = new Map();
        const total = {};
        const seen = new Set();
        const grow = (stat, name, as) => {
          const key = `${stat.own}/${stat.id}/${name}`;
          const now = stat[name] ?? 0;
          total[as] = (total[as] ?? 0) + Math.max(0, now - (last.get(key) ?? 0));
          last.set(key, now);
        };
        const counted = {
          'media-source:audio': [['totalAudioEnergy', 'talked']],
          'inbound-rtp:audio': [
            ['packetsReceived', 'packets'],
            ['totalSamplesReceived', 'samples'],
            ['concealedSamples', 'concealed'],
            ['jitterBufferDelay', 'delaySum'],
            ['jitterBufferEmittedCount', 'delayCount'],
          ],
          'inbound-rtp:video': [['framesDecoded', 'frames']],
          'transport:': [['bytesSent', 'sent'], ['bytesReceived', 'received']],
        };
        let roundTrip = 0;
        window.looks = [];
        window.look = async () => {
          for (const [own, peer] of (window.peers ?? []).entries()) {
            if (peer.signalingState === 'closed') continue;
            for (const stat of (await peer.getStats()).values()) {
              const pairs = counted[`${stat.type}:${stat.kind ?? ''}`] ?? [];
              for (const [name, as] of pairs) grow({ ...stat, own }, name, as);
              if (stat.type === 'candidate-pair' && stat.nominated)
                roundTrip = (stat.currentRoundTripTime ?? 0) * 1000;
            }
          }
          for (const still of document.querySelectorAll('img[data-still]')) seen.add(still.src);
          const rung = document.querySelector('[data-rung]')?.dataset.rung ?? '';
          const at = Date.now();
          return { at, ...total, stills: seen.size, roundTrip, rung };
        };
        const watch = async () => {
          window.looks.push(await window.look());
          setTimeout(watch, 250);
        };
        void watch();
        document.addEventListener('click', () => { window.clickedAt = Date.now(); }, true);
      })();\
      """;

  private Probe() {}

  /** To be called before the page opens what is to be measured. */
  public static Page on(Page page) {
    page.addInitScript(SCRIPT);
    return page;
  }

  /** Everything seen since the page was opened. */
  @SuppressWarnings("unchecked")
  public static List<Look> looks(Page page) {
    return ((List<Map<String, Object>>) page.evaluate("window.looks"))
        .stream().map(Probe::read).toList();
  }

  private static Look read(Map<String, Object> look) {
    return new Look(
        whole(look, "at"),
        number(look, "talked"),
        whole(look, "packets"),
        whole(look, "samples"),
        whole(look, "concealed"),
        number(look, "delaySum"),
        whole(look, "delayCount"),
        whole(look, "frames"),
        whole(look, "sent"),
        whole(look, "received"),
        whole(look, "stills"),
        number(look, "roundTrip"),
        (String) look.get("rung"));
  }

  private static long whole(Map<String, Object> look, String name) {
    return Math.round(number(look, name));
  }

  private static double number(Map<String, Object> look, String name) {
    return look.get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}
