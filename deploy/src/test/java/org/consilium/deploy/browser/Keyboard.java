package org.consilium.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/**
 * Somebody who has no pointer: gets everywhere with Tab, arrows, Space and Enter, or not at all. At
 * every stop the focus is seen: it has a ring (WCAG 2.4.7), and nothing lies over it (2.4.11).
 */
final class Keyboard {
  /** More than any page has stops. */
  private static final int STOPS_MAX = 150;

  private static final String HAS_FOCUS = "e => e.contains(document.activeElement)";

  /** What is wrong with where the focus is; empty when it can be seen. */
  private static final String WRONG =
      """
      () => {
        const at = document.activeElement;
        if (!at || at === document.body) return '';
        const what = `<${at.tagName.toLowerCase()}> ${at.getAttribute('aria-label')
          ?? at.labels?.[0]?.textContent ?? at.textContent.slice(0, 60)}`;
        if (at.tabIndex > 0) return `${what}: an order of its own`;
        const around = [at, at.closest('.choice')].filter(Boolean);
        const ring = around.find((e) => getComputedStyle(e).outlineStyle !== 'none');
        if (!ring) return `${what}: no ring`;
        const { left, right, top, bottom } = ring.getBoundingClientRect();
        const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)];
        const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
        if (x1 <= x0 || y1 <= y0) return `${what}: outside of what is seen`;
        const seen = [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
          const over = document.elementFromPoint(x0 + (x1 - x0) * x, y0 + (y1 - y0) * y);
          return over && (ring.contains(over) || over.contains(ring));
        }));
        return seen ? '' : `${what}: hidden by something`;
      }\
      """;

  private final Page page;

  Keyboard(Page page) {
    this.page = page;
  }

  /** Goes on with Tab until this has the focus. */
  Keyboard reach(Locator wanted) {
    wanted.first().waitFor();
    for (int stop = 0; stop < STOPS_MAX; stop++) {
      if ((boolean) wanted.first().evaluate(HAS_FOCUS)) {
        return this;
      }
      page.keyboard().press("Tab");
      assertThat((String) page.evaluate(WRONG)).as("the focus on %s", page.url()).isEmpty();
    }
    throw new AssertionError("No way by keyboard to " + wanted);
  }

  /** Follows a link or presses a button. */
  void enter(Locator wanted) {
    reach(wanted);
    page.keyboard().press("Enter");
  }

  void type(Locator field, String text) {
    reach(field);
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  /** Goes through the choices of a group with the arrow keys until this one is taken. */
  void choose(Locator group, Locator radio) {
    reach(group);
    page.keyboard().press("Space");
    for (int step = 0; step < STOPS_MAX && !radio.isChecked(); step++) {
      page.keyboard().press("ArrowDown");
    }
    assertThat(radio).isChecked();
  }

  /** Goes through a list until this value is taken. */
  void select(Locator list, String value) {
    reach(list);
    page.keyboard().press("Home");
    for (int step = 0; step < STOPS_MAX && !list.inputValue().equals(value); step++) {
      page.keyboard().press("ArrowDown");
    }
    assertThat(list).hasValue(value);
  }

  /** Goes along the tabs with the arrow keys until this one is chosen. */
  void openTab(Locator tab) {
    reach(page.locator("[role=tab][aria-selected=true]").locator("visible=true"));
    for (int step = 0;
        step < STOPS_MAX && !"true".equals(tab.getAttribute("aria-selected"));
        step++) {
      page.keyboard().press("ArrowRight");
    }
    assertThat(tab).isFocused();
  }

  /** After a link or an act that leads on: the page is there, and the focus on its heading. */
  void arriveAt(String url) {
    page.waitForURL(url);
    assertThat(page.locator("h1").first()).isFocused();
  }

  /** Opens a dialog and closes it again without an answer: the focus is back where it was. */
  void lookInto(Locator opener) {
    enter(opener);
    var dialog = page.locator("dialog[open]");
    assertThat(dialog).isVisible();
    assertThat((boolean) dialog.evaluate(HAS_FOCUS)).as("focus in the dialog").isTrue();
    page.keyboard().press("Escape");
    assertThat(dialog).isHidden();
    assertThat(opener).isFocused();
  }
}
