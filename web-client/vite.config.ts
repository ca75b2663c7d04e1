import { defineConfig } from "vitest/config";
import { doorStyles } from "./scripts/doorStyles.ts";
import { precache } from "./scripts/precache.ts";
import { words } from "./scripts/words/plugin.mjs";

/** Where the dev server finds the real server: `deploy/run` listens on 8080. */
const SERVER = process.env["CONSILIUM_DEV_SERVER"] ?? "http://localhost:8080";

/** What src/main.tsx imports to show the page where one signs in. */
const DOOR =
  /node_modules\/preact\/|virtual:words|preload-helper|src\/(main|router|store|who)\.tsx?$|src\/styles\/(tokens|base|controls)\.css|src\/app\/(LanguageChoice|Root|drawnDoor|SignIn|words|workspace)\.tsx?$|src\/i18n\/(choice|languages|messages)\.ts$|src\/ui\/(button|icon|notice|textField|toast|words)\.tsx?$/;

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [words(), doorStyles("door"), precache("index.html")],
  build: {
    rollupOptions: {
      input: { index: "index.html", sw: "src/worker/sw.ts" },
      output: {
        // A service worker rules over what lies beside it, so it keeps its name and its place.
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        // What the door needs comes as one file: on a thin link many cost round trips.
        codeSplitting: { groups: [{ name: "door", test: DOOR }] },
      },
    },
    // Phones in rural clinics are old; README.md names the oldest browsers.
    target: "es2020",
    // These know logical properties. For older ones the side would hang on the language, not on dir.
    cssTarget: ["chrome87", "firefox98", "safari15.4"],
    outDir: "target/classes/webroot",
    emptyOutDir: true,
    // The content security policy allows scripts and styles from files only.
    assetsInlineLimit: 0,
    // Which file holds what, for scripts/sizes.mjs.
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      "/api": { target: SERVER },
      "/signal": { target: SERVER, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
    reporters: ["default", "json"],
    outputFile: { json: "target/vitest.json" },
    // Times are shown in named zones; the zone of the machine must not matter.
    env: { TZ: "UTC" },
  },
});
