import { messages } from "../i18n/messages";

export const t = messages("interpreter", {
  nav: "Consults",
  title: "My consults",
  empty: "No consults yet",
  emptyLead: "Consults that need your languages are listed here.",
});
