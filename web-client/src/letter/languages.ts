/** The languages in which the server has a letter's labels, each by its own name. */
export const LETTER_LANGUAGES = [
  { value: "en", label: "English" },
  { value: "fr", label: "Français" },
  { value: "es", label: "Español" },
  { value: "pt", label: "Português" },
  { value: "ar", label: "العربية" },
  { value: "hi", label: "हिन्दी" },
  { value: "sw", label: "Kiswahili" },
  { value: "am", label: "አማርኛ" },
  { value: "my", label: "မြန်မာ" },
] as const;

export type LetterLanguage = (typeof LETTER_LANGUAGES)[number]["value"];

/** The language of the labels for a text: its own where there is one, else English. */
export function labelsFor(text: string): LetterLanguage {
  const primary = text.split("-")[0];
  return LETTER_LANGUAGES.find(({ value }) => value === primary)?.value ?? "en";
}
