import { messages } from "../i18n/messages";

export const t = messages("notices", {
  title: "Notices",
  lead: "What you were told of your appointments, the newest first.",
  empty: "Nothing yet",
  emptyLead: "Bookings, changes and reminders of your appointments appear here.",
  fresh: "new",
  booked: "An appointment was made",
  moved: "An appointment was moved",
  cancelled: "An appointment was cancelled",
  "remind-day": "Tomorrow you have an appointment",
  "remind-hours": "In two hours you have an appointment",
  "remind-quarter": "In a quarter of an hour your appointment begins",
  absent: "Somebody is missing at an appointment",
  "no-show": "An appointment did not take place",
  broken: "An appointment cannot be kept as booked",
  "time-offered": "A time is kept for a consult that waits",
  at: "for",
  was: "before:",
  told: "Told",
});
