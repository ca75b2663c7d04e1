import type { Schema } from "../api/client";

/** Whether every typed word is found in a name, a specialty, a language or a place. */
export function matches(
  volunteer: Schema<"Volunteer">,
  search: string,
  languageName: (code: string) => string,
): boolean {
  const text = plain(
    [
      volunteer.name,
      volunteer.organisation ?? "",
      volunteer.zone,
      ...volunteer.specialties.map(({ label }) => label),
      ...volunteer.languages.map(({ code }) => languageName(code)),
    ].join(" "),
  );
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Small letters without marks: `José` is found by `jose`. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
