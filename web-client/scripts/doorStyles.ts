// Puts the door's styles into the page itself, so that what it shows first is shown well without a
// further round trip. The server lets them through by their hash (ClientPage.java).

import type { Plugin } from "vite";

/** The part of rollup's bundle that is looked at. */
interface Built {
  readonly type: "chunk" | "asset";
  readonly name?: string;
  readonly viteMetadata?: { readonly importedCss: Set<string> };
  source?: string | Uint8Array;
}

/** @param door the chunk whose styles the page brings; their file is gone from the build */
export function doorStyles(door: string): Plugin[] {
  let styles = "";
  return [
    {
      name: "door-styles-taken",
      enforce: "pre",
      // Before Vite notes which chunk needs which file.
      generateBundle(_options, bundle) {
        const built = bundle as unknown as Record<string, Built>;
        const chunk = Object.values(built).find((one) => one.type === "chunk" && one.name === door);
        for (const file of chunk?.viteMetadata?.importedCss ?? []) {
          styles += String(built[file]?.source ?? "")
            .replace(/\/\*.*?\*\//gs, "")
            .trim();
          delete built[file];
        }
        chunk?.viteMetadata?.importedCss.clear();
        if (styles === "") throw new Error(`The chunk ${door} has no styles to put into the page.`);
      },
    },
    {
      name: "door-styles-put",
      enforce: "post",
      generateBundle(_options, bundle) {
        const built = bundle as unknown as Record<string, Built>;
        const page = built["index.html"];
        if (!page) throw new Error("The build has no page to put styles into.");
        page.source = String(page.source).replace(
          "<!-- styles -->",
          () => `<style>${styles}</style>`,
        );
      },
    },
  ];
}
