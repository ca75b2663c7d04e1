/** Time for a new page or a closing dialog to take the focus itself. */
const PATIENCE_MILLISECONDS = 150;

/** What had the focus last, and all that it lay in, from the inside out. */
let trail: readonly HTMLElement[] = [];
let waiting: ReturnType<typeof setTimeout> | undefined;

/**
 * Whoever has no pointer is where the focus is. When the button that was pressed goes, the focus moves
 * to the heading of what it stood in, and not to the top of the page (WCAG 2.2, 2.4.3). Once a page.
 */
export function keepFocus(): void {
  const remember = (target: unknown) => {
    trail = target instanceof HTMLElement ? around(target) : [];
  };
  remember(document.activeElement);
  document.addEventListener("focusin", ({ target }) => remember(target));
  new MutationObserver(() => {
    if (waiting !== undefined || !isLost()) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      if (isLost()) headingOf(trail)?.focus({ preventScroll: true });
    }, PATIENCE_MILLISECONDS);
  }).observe(document.body, { childList: true, subtree: true });
}

function around(inner: HTMLElement): HTMLElement[] {
  const outer = inner.parentElement;
  return inner === document.body ? [] : [inner, ...(outer ? around(outer) : [])];
}

function isLost(): boolean {
  const nowhere = document.activeElement === null || document.activeElement === document.body;
  return nowhere && trail[0] !== undefined && !trail[0].isConnected;
}

/** The first heading in the smallest part of the page that is left and has one. */
function headingOf(places: readonly HTMLElement[]): HTMLElement | undefined {
  for (const place of places) {
    const heading = place.isConnected && place.querySelector<HTMLElement>("h1, h2, h3");
    if (heading) {
      if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
      return heading;
    }
  }
  return undefined;
}
