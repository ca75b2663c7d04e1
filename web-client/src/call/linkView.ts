import type { Person } from "./attendance";
import type { LinkState } from "./callLink";
import { isAbove, type RungName } from "./rungs";
import { t } from "./linkWords";

/** What a rung sends, in a few words. */
export function rungText(rung: RungName): string {
  return t(rung);
}

/** Why the call stands where it stands, as a sentence; nothing at the beginning. */
export function whyText({ rung, why, saving }: LinkState): string | undefined {
  const what = rungText(rung);
  const lead = rung === "text" ? ` ${t("textLead")}` : "";
  if (saving) return t("saving", { what });
  switch (why) {
    case "start":
      return undefined;
    case "narrow":
      return t("narrowLink", { what }) + lead;
    case "proved":
    case "slow":
    case "loss":
    case "lost":
    case "wished":
      return t(why, { what }) + lead;
  }
}

/** Whether their video is to be seen, or only pictures by themselves. */
export function showsVideo(person: Person, ownWants: RungName): boolean {
  return person.media.video && isAbove(ownWants, "stills");
}

/** What we want at most, as the others are told. */
export function wantsOf({ rung, wish }: LinkState): RungName {
  return wish.receiveVideo || !isAbove(rung, "stills") ? rung : "stills";
}
