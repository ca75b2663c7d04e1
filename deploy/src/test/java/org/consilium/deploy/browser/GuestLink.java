package org.consilium.deploy.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** A way into a call for somebody without an account. */
final class GuestLink {
  private static final String MAKE =
      """
      async ([consult, name, role]) => {
        const answer = await fetch(`/api/v1/consults/${consult}/call/guest-links`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'Idempotency-Key': crypto.randomUUID(),
          },
          body: JSON.stringify({ name, role }),
        });
        return answer.json();
      }\
      """;

  private GuestLink() {}

  /** The path and fragment of a new link, made as who is signed in on the host's page. */
  static String make(Page host, String consult, String name, String role) {
    var made = (Map<?, ?>) host.evaluate(MAKE, List.of(consult, name, role));
    return ((String) made.get("url")).replaceFirst(".*(/guest#)", "$1");
  }

  /** The first consult that the page of a specialist or clinician links to. */
  static String firstConsult(Page page) {
    var link = page.locator("main a[href*='/consults/']").first();
    return link.getAttribute("href").replaceFirst(".*([0-9a-f-]{36}).*", "$1");
  }
}
