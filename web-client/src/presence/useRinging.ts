import { useEffect } from "preact/hooks";
import { soundRings } from "../call/sounds";

const REPEAT_MILLISECONDS = 2_500;

/** Rings aloud and in the window's title while `who` is given; in one window of the browser only. */
export function useRinging(who: string | undefined, silent: boolean): void {
  useEffect(() => {
    if (who === undefined) return;
    const before = document.title;
    document.title = `☎ ${who}`;
    return () => {
      // A page that was opened meanwhile has its own title.
      if (document.title === `☎ ${who}`) document.title = before;
    };
  }, [who]);

  useEffect(() => {
    if (who === undefined || silent) return;
    let over = false;
    let stop: () => void = () => {};
    const aloud = () =>
      new Promise<void>((resolve) => {
        const once = () => {
          soundRings();
          if (!matchMedia("(prefers-reduced-motion: reduce)").matches) vibrate();
        };
        once();
        const timer = setInterval(once, REPEAT_MILLISECONDS);
        stop = () => {
          clearInterval(timer);
          resolve();
        };
        if (over) stop();
      });
    // Absent in older browsers, and on pages that are not secure.
    const { locks } = navigator as Partial<Pick<Navigator, "locks">>;
    if (locks) void locks.request("consilium ring", () => (over ? undefined : aloud()));
    else void aloud();
    return () => {
      over = true;
      stop();
    };
  }, [who, silent]);
}

function vibrate(): void {
  const { vibrate: shake } = navigator as Partial<Pick<Navigator, "vibrate">>;
  shake?.call(navigator, [300, 150, 300]);
}
