import type { JSX } from "preact";
import { api, ok, type Schema } from "../../api/client";
import { useResource } from "../../resource";
import { Notice } from "../../ui";
import { gapsOf } from "./languageGaps";

/** Says which language of this consult nobody of the network carries. */
export function LanguageGapNotice(props: {
  summary: Schema<"ConsultSummary">;
}): JSX.Element | null {
  const { state } = useResource(() => ok(api.GET("/roster/language-gaps")), []);
  const gaps = state.kind === "ready" ? gapsOf(state.value.items, props.summary) : [];
  if (gaps.length === 0) return null;
  return <Notice tone="warning">{gaps.map(({ sentence }) => sentence).join(" ")}</Notice>;
}
