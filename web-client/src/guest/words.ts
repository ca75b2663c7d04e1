import { messages } from "../i18n/messages";

export const t = messages("guest", {
  title: "Your visit",
  noLink: "This address needs the link you were given",
  noLinkLead: "Open the whole link again, or ask the clinic for a new one.",
  hello: "Welcome, {name}",
  wait: "Please stay on this page. The clinic will let you in.",
});
