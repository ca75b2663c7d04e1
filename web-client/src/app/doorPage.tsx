import renderToString from "preact-render-to-string";
import { spoken } from "../i18n/languages";
import { addCatalogues, type Catalogue, direction, showLanguage } from "../i18n/messages";
import { Notice } from "../ui/notice";
import { t as ui } from "../ui/words";
import { OPEN_TO_ALL } from "../who";
import { SignInPage } from "./SignIn";

/** A language's door as HTML, to be put into the page by scripts/doors.mjs. */
export interface DoorPage {
  readonly direction: "ltr" | "rtl";
  /** Said when the program could not be fetched; hidden until then. */
  readonly unopened: string;
  readonly door: string;
}

/** Addresses that are opened without passing a door. */
export const withoutDoor = OPEN_TO_ALL;

/** Draws the door in a language, with its words of the shell; English brings its own. */
export function drawDoor(tag: string, words: Readonly<Record<string, Catalogue>>): DoorPage {
  addCatalogues(tag, words);
  showLanguage(tag);
  spoken.set(tag);
  return {
    direction: direction(tag),
    unopened: renderToString(
      <Notice
        tone="error"
        action={
          // The same address again, whichever it is.
          // oxlint-disable-next-line jsx-a11y/anchor-is-valid
          <a class="button button-plain button-small" href="">
            {ui("reload")}
          </a>
        }
      >
        {ui("chunk")}
      </Notice>,
    ),
    door: renderToString(<SignInPage />),
  };
}
