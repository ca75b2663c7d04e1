import type { People } from "./attendance";
import type { LinkState } from "./callLink";
import type { DeviceTrouble } from "./media";
import type { Self } from "./protocol";
import type { SignalState } from "./signaling";

/** Our own side, as the page shows it. */
export interface Own {
  readonly stream: MediaStream | undefined;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly audioTrouble: DeviceTrouble | undefined;
  readonly videoTrouble: DeviceTrouble | undefined;
  /** The camera is on, but four others that come first send their pictures already. */
  readonly pictureWaits: boolean;
  /** We wanted to hide our network address, and there is no relay that could. */
  readonly addressShown: boolean;
}

/** The connection to the server; while it is lost, media go on. */
export type Link =
  | { readonly kind: "open" }
  | { readonly kind: "lost"; readonly since: number; readonly attempt: number };

/** Why there is no call any more. `detail` is the code of a refused ticket. */
export type OverWhy = Extract<SignalState, { kind: "over" }>["why"];

/** Everything the call screen can show: one value, so impossible mixtures cannot be drawn. */
export type CallState =
  | { readonly kind: "idle" }
  | { readonly kind: "preparing" }
  | { readonly kind: "connecting"; readonly own: Own }
  | { readonly kind: "waiting"; readonly self: Self; readonly link: Link; readonly own: Own }
  | ({
      readonly kind: "talking";
      readonly self: Self;
      readonly link: Link;
      readonly own: Own;
      /** How our own link does, and what of the call it carries. */
      readonly line: LinkState;
    } & People)
  | { readonly kind: "over"; readonly why: OverWhy; readonly detail?: string };
