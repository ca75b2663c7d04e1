import { useEffect, useRef, useState } from "preact/hooks";
import type { LinkState } from "./callLink";
import { whyText } from "./linkView";
import { isAbove, type RungName } from "./rungs";

/** A trial that fails within this was not worth a word. */
const CLIMB_MILLISECONDS = 8_000;
const FALL_MILLISECONDS = 1_000;
const SHOWN_MILLISECONDS = 12_000;

/** Kinds of rungs that a person tells apart; within one nothing need be said. */
function kindOf(rung: RungName): "video" | "voice" | "text" {
  if (rung === "text") return "text";
  return isAbove(rung, "stills") ? "video" : "voice";
}

/** Why the call has come down or up, for a while; said once it has settled. */
export function useRungNews(line: LinkState): string | undefined {
  const kind = kindOf(line.rung);
  const told = useRef(kind);
  const latest = useRef(line);
  latest.current = line;
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (kind === told.current) return undefined;
    // A call begins with the voice, and that video follows is seen.
    const fell = kind === "text" || told.current === "video";
    const timer = setTimeout(
      () => {
        told.current = kind;
        setSaid(whyText(latest.current));
      },
      fell ? FALL_MILLISECONDS : CLIMB_MILLISECONDS,
    );
    return () => clearTimeout(timer);
  }, [kind]);
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [said]);
  return said;
}
