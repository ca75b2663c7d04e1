/** One entry that two versions of a form tell differently. */
export interface Difference {
  /** JSON pointer. */
  readonly pointer: string;
  readonly mine: string;
  readonly theirs: string;
}

/** What differs between two versions, leaf by leaf; lists are compared as a whole. */
export function differences(mine: unknown, theirs: unknown, at = ""): Difference[] {
  if (isTree(mine) && isTree(theirs)) {
    const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    return keys.flatMap((key) => differences(mine[key], theirs[key], `${at}/${key}`));
  }
  if (isTree(mine) || isTree(theirs)) {
    return differences(isTree(mine) ? mine : {}, isTree(theirs) ? theirs : {}, at);
  }
  const [ours, others] = [shown(mine), shown(theirs)];
  return ours === others ? [] : [{ pointer: at, mine: ours, theirs: others }];
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a person can compare it. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(shown).join("; ");
  if (isTree(value)) return Object.values(value).map(shown).join(" ");
  return String(value);
}
