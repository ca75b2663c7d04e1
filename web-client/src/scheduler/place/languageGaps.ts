import type { Schema } from "../../api/client";

/** The gaps among the languages of one consult: the patient's, and the one it is written in. */
export function gapsOf(
  languages: readonly Schema<"LanguageGap">[],
  consult: { readonly language?: string; readonly patient: { readonly language: string } },
): Schema<"LanguageGap">[] {
  const spoken = [consult.patient.language, consult.language];
  return languages.filter(({ gap, language }) => gap && spoken.includes(language));
}
