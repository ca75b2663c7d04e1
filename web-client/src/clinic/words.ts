import { messages } from "../i18n/messages";

export const t = messages("clinic", {
  nav: "Consults",
  title: "My consults",
  empty: "No consults yet",
  emptyLead:
    "Ask a specialist about a patient: your consults and what they wait on are listed here.",
});
