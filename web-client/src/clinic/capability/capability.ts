import type { Schema } from "../../api/client";

export type Available = Schema<"Capability">["available"];
/** What was said of each name; absent where nothing was. */
export type Said = Readonly<Record<string, Available>>;

/** Tests that most sites know by these names; others are added by hand. */
export const COMMON_TESTS: readonly string[] = [
  "Blood glucose",
  "Blood group and cross-match",
  "Chest X-ray",
  "Creatinine",
  "CRP",
  "CT",
  "Culture",
  "ECG",
  "Electrolytes",
  "Full blood count",
  "Haemoglobin",
  "HIV test",
  "Liver enzymes",
  "Malaria test",
  "Oxygen saturation",
  "Pregnancy test",
  "TB test (GeneXpert)",
  "Troponin",
  "Ultrasound",
  "Urine dipstick",
  "X-ray",
];

/** What a profile says, by name. */
export function saidIn(list: readonly Schema<"Capability">[]): Said {
  return Object.fromEntries(list.map(({ name, available }) => [name, available]));
}

/** Back to what is sent; what nobody spoke of is left out. */
export function listOf(said: Said): Schema<"Capability">[] {
  return Object.entries(said).map(([name, available]) => ({ name, available }));
}

/** The names to show: the usual ones and those that were added, in the order of the alphabet. */
export function namesOf(usual: readonly string[], said: Said, find: string): string[] {
  const sought = find.trim().toLocaleLowerCase();
  return [...new Set([...usual, ...Object.keys(said)])]
    .filter((name) => name.toLocaleLowerCase().includes(sought))
    .sort((a, b) => a.localeCompare(b));
}

/** The same with one name said, or no longer said. */
export function say(said: Said, name: string, available: Available | ""): Said {
  const { [name]: _, ...others } = said;
  return available ? { ...others, [name]: available } : others;
}
