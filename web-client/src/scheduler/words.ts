import { messages } from "../i18n/messages";

export const t = messages("scheduler", {
  nav: "Queue",
  title: "Queue",
  empty: "Nobody is waiting",
  emptyLead: "New requests appear here by themselves, the most urgent first.",
});
