// Tells the service worker the names of the build's files, and gives it a version of its own
// whenever one of them changes.

import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** The one asset folder of the build. */
const ASSETS = "assets/";

/** What a clinic works with when there is no link; a call is of no use without one. */
const CLINIC =
  /\/src\/(app\/(SignInAgain|noPages)|clinic\/workspace|offline\/(accounts|copies|keys|queue|start)|files\/OutgoingFiles|turns\/(AtDoor|PinForm|PinSettings|entry|lock)|ui\/focus)\.tsx?$/;
/** What stands behind the door for everybody. */
const APP = /\/src\/app\/App\.tsx$/;
const NEEDS_A_LINK = /\/src\/(call|presence)\//;

/** The part of rollup's bundle that is looked at. */
interface Built {
  readonly type: "chunk" | "asset";
  readonly fileName: string;
  readonly facadeModuleId?: string | null;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> };
  code?: string;
  source?: string | Uint8Array;
}

/** Fills in `PRECACHE` in `src/worker/sw.ts`. The page is whole by then, with its styles. */
export function precache(page: string): Plugin {
  return {
    name: "precache",
    enforce: "post",
    generateBundle(_options, bundle) {
      const built = bundle as unknown as Record<string, Built>;
      const worker = built["sw.js"];
      if (!worker?.code) return;
      const all = Object.values(built);
      const named = (wanted: (module: string) => boolean) =>
        all.filter(({ facadeModuleId }) => wanted(facadeModuleId ?? ""));
      const shell = reach(
        built,
        named((module) => module.endsWith(page) || APP.test(module)),
        () => [],
      );
      // What the first page leads to is every workspace.
      const clinic = reach(
        built,
        named((module) => CLINIC.test(module)),
        (one) => (shell.includes(`/${one.fileName}`) ? [] : (one.dynamicImports ?? [])),
      );
      const assets = all
        .map(({ fileName }) => `/${fileName}`)
        .filter((name) => name.startsWith(`/${ASSETS}`))
        .sort();
      const version = createHash("sha256")
        .update(String(built[page]?.source))
        .update(assets.join("\n"))
        .update(worker.code)
        .digest("hex")
        .slice(0, 12);
      const value = {
        version,
        shell,
        clinic: clinic.filter((name) => !shell.includes(name)),
        assets,
      };
      worker.code = `const PRECACHE = ${JSON.stringify(value)};\n${worker.code}`;
    },
  };
}

/** The files of some chunks, of what they import, and of what `further` says they lead to. */
function reach(
  built: Record<string, Built>,
  start: readonly Built[],
  further: (one: Built) => readonly string[],
): string[] {
  const found = new Set<string>();
  const visit = (one: Built | undefined): void => {
    if (!one || found.has(one.fileName) || NEEDS_A_LINK.test(one.facadeModuleId ?? "")) return;
    found.add(one.fileName);
    for (const css of one.viteMetadata?.importedCss ?? []) found.add(css);
    for (const name of [...(one.imports ?? []), ...further(one)]) visit(built[name]);
  };
  start.forEach(visit);
  return [...found].filter((name) => name.startsWith(ASSETS)).map((name) => `/${name}`);
}
