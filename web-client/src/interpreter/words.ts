import { messages } from "../i18n/messages";

export const t = messages("interpreter", {
  nav: "Calls",
  navConsults: "Consults",
  title: "My calls",
  lead: "Calls you are booked for, and the way in when it is time.",
  consults: "My consults",
  empty: "No consults yet",
  emptyLead: "Consults you are booked for are listed here.",
  back: "My calls",
  consult: "Consult",
  speaks: "The patient speaks {patient}, the clinic writes {clinic}.",
  speaksPatient: "The patient speaks {patient}.",
  booked: "call {time}",
  appointments: "Booked calls",
  none: "No call is booked.",
  secret: "What you hear and read here stays between you and the people of this consult.",
});
