import type { Plugin } from "vite";

/** The Vite plug-in that puts the words of every language into the build. */
export function words(): Plugin;
