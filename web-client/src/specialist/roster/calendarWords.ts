import { messages } from "../../i18n/messages";

export const t = messages("calendar", {
  title: "Your own calendar",
  feedLead:
    "See your appointments and on-call shifts in the calendar program you use anyway. It shows times only, nothing of a patient.",
  make: "Make a calendar link",
  again: "Make a new link",
  againLead: "The link you have now ends.",
  end: "End the link",
  ended: "The link works no more.",
  active: "A link is in use since",
  read: "Your calendar program last looked",
  unread: "No calendar program has looked yet.",
  linkIs: "Your calendar link",
  linkLead:
    "Paste it where your calendar program adds a calendar from the internet. Shown this once.",
  importLead:
    "Give the address of your own calendar, and you are not asked in times when you are busy there. We read times, no words.",
  url: "Address of your calendar",
  urlHint: "Begins with https:// or webcal://",
  urlMissing: "Give the address of your calendar.",
  save: "Read my busy times",
  saved: "Saved. It is read within a minute, and then every hour.",
  from: "Busy times from {host}",
  fetched: "Last read",
  waiting: "It will be read within a minute.",
  busy: {
    one: "{count} busy time in the coming eight weeks",
    other: "{count} busy times in the coming eight weeks",
  },
  problem: "It could not be read",
  forget: "Forget it",
  forgotten: "Your busy times are forgotten.",
});
