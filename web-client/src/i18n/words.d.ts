/** Made by scripts/words/plugin.mjs from the catalogues. */
declare module "virtual:words" {
  interface Language {
    /** What its speakers call it. */
    readonly name: string;
    /** True until a native speaker has read every feature's words. */
    readonly awaitsReview: boolean;
    /** Changes with its words: part of the address of its files. */
    readonly hash: string;
  }
  /** Languages that can be chosen, by BCP 47 tag. */
  export const LANGUAGES: Readonly<Record<string, Language>>;
  /** Features whose words travel together; a feature that is in none has a file of its own. */
  export const PACKS: Readonly<Record<string, readonly string[]>>;
  /** Where the files lie: `${BASE}words-fr-clinic-hash.json`. */
  export const BASE: string;
  /** English that needs no file: the shell's, and while developing all of it. */
  export const ENGLISH_IN_THE_CODE: "shell" | "all";
}
