import { messages } from "../i18n/messages";

export const t = messages("appointments", {
  empty: "No call is booked",
  emptyLead: "A call is booked from a consult, at a time that is free for everybody.",
  zone: "Times are on your clock: {zone}.",
  today: "Today",
  now: "going on now",
  consult: "Consult",
  join: "Join the call",
  open: "Open the consult",
});
