import { messages } from "../../i18n/messages";

export const t = messages("exports", {
  nav: "Export",
  title: "Export everything",
  lead: "All that your organisation owns, in FHIR R4: patients, requests, measurements, signed notes, consents, what files show, and people. Made in the background; the files stay here for 24 hours.",
  start: "Make a new export",
  startShort: "Export everything",
  started: "The export is being made. You may leave this page.",
  password: "Your password",
  passwordHint: "Asked again because this hands out everything about everybody.",
  askPassword: "Enter your password.",
  none: "No export of the last 24 hours",
  noneLead: "What you make appears here with its files.",
  running: "being made",
  done: "ready",
  failed: "failed",
  by: "asked for by {name}",
  progress: "{done} of {all} kinds done, {resources} resources so far",
  resources: { one: "{count} resource", other: "{count} resources" },
  failedLead:
    "It could not be made, in several tries. Make a new one; if that fails too, ask your operator.",
  until: "The files are here until",
  cancel: "Stop and throw away",
  discard: "Throw away",
  discarded: "The export is gone.",
  whole:
    "To move to another Consilium with pictures, signatures and the audit trail exactly as they are, your operator uses deploy/export-organisation.",
});
