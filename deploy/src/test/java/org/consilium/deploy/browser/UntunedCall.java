package org.consilium.deploy.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;

/**
 * The call that a browser makes by itself, through the relay: the reference beside ours. Its
 * descriptions cost nothing on the link, for they are carried by hand.
 */
public final class UntunedCall {
  private static final String PATH = "/untuned";
  private static final String MAKE =
      """
      async ([iceServers, kinds]) => {
        const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
        window.untuned = peer;
        window.gathered = new Promise((done) => {
          peer.onicecandidate = ({ candidate }) => candidate || done();
        });
        peer.ontrack = ({ track }) => {
          const shown = document.createElement(track.kind);
          shown.srcObject = new MediaStream([track]);
          document.body.append(shown);
          void shown.play();
        };
        const own = await navigator.mediaDevices.getUserMedia({
          audio: true,
          video: kinds.includes('video') && { width: 640, height: 480 },
        });
        for (const track of own.getTracks()) peer.addTrack(track, own);
      }\
      """;
  private static final String DESCRIBE =
      """
      async (other) => {
        if (other) await window.untuned.setRemoteDescription(other);
        if (other?.type === 'answer') return null;
        await window.untuned.setLocalDescription();
        await window.gathered;
        return window.untuned.localDescription.toJSON();
      }\
      """;

  private UntunedCall() {}

  /** Opens an empty page of this origin, where a browser gives its devices. */
  public static void open(Page page, String origin) {
    page.route(
        "**" + PATH,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody("<!doctype html><title>untuned</title>")));
    page.navigate(origin + PATH);
  }

  /** Calls; each side reaches the relay as {@code iceServers} say. */
  public static void connect(
      Page caller, Page called, List<Map<String, String>> ice, String kinds) {
    for (var page : List.of(caller, called)) {
      page.evaluate(MAKE, List.of(ice, kinds));
    }
    var offer = caller.evaluate(DESCRIBE, null);
    caller.evaluate(DESCRIBE, called.evaluate(DESCRIBE, offer));
  }
}
