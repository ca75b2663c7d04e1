import { messages } from "../i18n/messages";

export const t = messages("specialist", {
  nav: "Consults",
  title: "My consults",
  empty: "No consults yet",
  emptyLead: "Consults you have accepted are listed here.",
});
