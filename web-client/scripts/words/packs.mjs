// Which features' words travel in one file. A feature that is not named here has a file of its own.
// The shell's English lies in the program, so that something can be said when nothing can be loaded.

export const PACKS = {
  shell: ["app", "copy", "form", "problem", "time", "ui"],
  care: ["booking", "consult", "forms", "letter", "offline", "presence"],
  clinic: ["capability", "clinic"],
  duties: ["appointments", "calendar", "roster"],
  specialist: ["note", "shifts", "specialist"],
  scheduler: ["coverage", "heat", "ladder", "mend", "plan", "rota", "scheduler", "volunteers"],
  admin: ["admin", "exports", "programs"],
};

/** Every pack with its features, given the features there are. */
export function packsOf(features) {
  const packed = new Set(Object.values(PACKS).flat());
  const unknown = [...packed].filter((feature) => !features.includes(feature));
  if (unknown.length > 0) throw new Error(`packs.mjs names no feature: ${unknown.join(", ")}`);
  const alone = features.filter((feature) => !packed.has(feature));
  return { ...PACKS, ...Object.fromEntries(alone.map((feature) => [feature, [feature]])) };
}
