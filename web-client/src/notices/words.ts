import { messages } from "../i18n/messages";

export const t = messages("notices", {
  title: "Notices",
  lead: "What you were told of your appointments and of how patients fare, the newest first.",
  empty: "Nothing yet",
  emptyLead:
    "Bookings, changes and reminders of your appointments, and news of patients, appear here.",
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
  "follow-up-due": "How is the patient? The specialist would like to know",
  news: "News of a patient you advised on",
  "news-worse": "A patient you advised on needs you again",
  "no-news": "No news of a patient after three reminders; the consult is closed",
  at: "for",
  was: "before:",
  told: "Told",
});
