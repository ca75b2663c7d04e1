import { messages } from "../i18n/messages";

/** Said where the link gives no words of its own; the questions come from the server's catalogue. */
export const t = messages("follow-up", {
  title: "How is the patient?",
  noLink: "This address needs the link you were sent",
  noLinkLead: "Open the whole link of the newest reminder again.",
  badLink: "This link is not good any more",
  badLinkLead: "A newer reminder has another link. You can always answer in Consilium.",
  oldLink: "This link is too old",
  oldLinkLead: "Answer in Consilium, or telephone the coordinator.",
  away: "The questions cannot be opened right now",
  tryAgain: "Try again",
  opening: "Opening the questions…",
  language: "Language",
});
