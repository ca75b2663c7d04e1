import { useEffect } from "preact/hooks";
import { setQuery, useAddress } from "./router";

const RESUME = "resume";

/** The address of a page that opens the form under whose draft words were put back. */
export function resuming(page: string, draft: string): string {
  return `${page}${page.includes("?") ? "&" : "?"}${RESUME}=${encodeURIComponent(draft)}`;
}

/** Opens the form of one of these drafts when the address of the page names it; once. */
export function useResumed(drafts: readonly string[], open: (draft: string) => void): void {
  const asked = useAddress().query.get(RESUME);
  const own = asked !== null && drafts.includes(asked) ? asked : undefined;
  useEffect(() => {
    if (own === undefined) return;
    open(own);
    setQuery({ [RESUME]: undefined });
  }, [own]);
}
