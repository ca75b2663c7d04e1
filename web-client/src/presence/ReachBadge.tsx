import type { JSX } from "preact";
import type { Schema } from "../api/client";
import { Badge, type Tone } from "../ui";
import { t } from "./words";

type Reach = Schema<"Ringable">["reach"];

/** Whether ringing somebody would be heard now. */
export function ReachBadge({ reach }: { reach: Reach }): JSX.Element {
  const { tone, word } = reachLook(reach);
  return <Badge tone={tone}>{word}</Badge>;
}

function reachLook(reach: Reach): { tone: Tone; word: string } {
  switch (reach) {
    case "reachable":
      return { tone: "green", word: t("reachable") };
    case "here":
      return { tone: "blue", word: t("here") };
    case "in-call":
      return { tone: "yellow", word: t("inCall") };
    case "away":
      return { tone: "neutral", word: t("away") };
  }
}
