import type { JSX } from "preact";
import { currentLanguage } from "../i18n/messages";
import { type Said, translated, useSaid } from "./said";

/** A sentence of the server; marked as English where the page speaks another language. */
export function Sentence(props: { text: string; said?: Said | undefined }): JSX.Element {
  useSaid();
  const text = translated(props.text, props.said);
  const english = text === undefined && !currentLanguage().startsWith("en");
  return <bdi {...(english && { lang: "en" })}>{text ?? props.text}</bdi>;
}
