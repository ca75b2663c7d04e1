import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LinkLevel, Quality } from "./protocol";
import { levelName } from "./view";
import { t } from "./words";

const BARS: Record<LinkLevel, number> = { good: 3, fair: 2, poor: 1 };
/** A level that comes and goes within this is not worth a word. */
const SETTLED_MILLISECONDS = 5_000;

/** My own link in three steps: bars and a word; a change is also said, politely and not at once. */
export function LinkMark(props: {
  quality: Quality | undefined;
  /** What is sent now, in a few words. */
  sends: string;
  onOpen: () => void;
}): JSX.Element {
  const { quality } = props;
  const level = quality?.level;
  const said = useSaid(level);
  const bars = level ? BARS[level] : 0;
  return (
    <button
      type="button"
      class="link-mark"
      data-link={level ?? "unknown"}
      title={t("myLink")}
      aria-haspopup="dialog"
      onClick={props.onOpen}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <rect
            key={bar}
            class={bar <= bars ? "link-on" : "link-off"}
            x={1 + (bar - 1) * 5}
            y={14 - bar * 4}
            width="4"
            height={bar * 4}
            rx="1"
          />
        ))}
      </svg>
      <span>{levelName(level)}</span>
      {level && <span class="link-sends">{props.sends}</span>}
      <span class="unseen" role="status">
        {said}
      </span>
    </button>
  );
}

function useSaid(level: LinkLevel | undefined): string {
  const [said, setSaid] = useState("");
  const told = useRef<LinkLevel>("good");
  useEffect(() => {
    if (level === undefined || level === told.current) return;
    const timer = setTimeout(() => {
      told.current = level;
      setSaid(sentence(level));
    }, SETTLED_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [level]);
  return said;
}

function sentence(level: LinkLevel): string {
  switch (level) {
    case "good":
      return t("nowGood");
    case "fair":
      return t("nowFair");
    case "poor":
      return t("nowPoor");
  }
}
