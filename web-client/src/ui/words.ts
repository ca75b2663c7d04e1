import { messages } from "../i18n/messages";

export const t = messages("ui", {
  skip: "Skip to content",
  loading: "Loading…",
  retry: "Try again",
  reload: "Load the page again",
  close: "Close",
  stale: "This may be out of date. {reason}",
  optional: "optional",
  unit: "Unit of {label}",
  navigation: "Main",
  back: "Back",
  chunk: "This part of the program could not be loaded. The connection may be down.",
  more: "More",
  ownTime: "Your time: {zone}",
});
