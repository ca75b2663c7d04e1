import { messages } from "../i18n/messages";

export const t = messages("admin", {
  nav: "Audit",
  title: "Audit trail",
  lead: "Who did or read what in this organisation, newest first.",
  empty: "Nothing has happened yet",
  emptyLead: "Every act and every look at a patient's data will be listed here.",
  when: "When",
  who: "Who",
  act: "Act",
  concerns: "Concerns",
  outcome: "Outcome",
  system: "The system",
  consult: "Consult {id}",
  patient: "Patient {id}",
  older: "Older entries",
});
