import { messages } from "../i18n/messages";

export const t = messages("link", {
  // What is sent now
  clear: "Video",
  video: "Video",
  small: "Small video",
  stills: "Voice and pictures",
  lean: "Light voice and pictures",
  thin: "Very light voice",
  narrow: "The lightest voice",
  text: "Text only",

  // Why: said when it changes
  proved: "Your link carries more now. From now on: {what}.",
  slow: "Your link has become slow. From now on: {what}.",
  loss: "Your link loses too much. From now on: {what}.",
  narrowLink: "Your link is too narrow for more. From now on: {what}.",
  lost: "Nothing came for some seconds. The voice comes back first: {what}.",
  wished: "As you have chosen: {what}.",
  saving: "The data that you allowed are used. Until you allow more: {what}.",
  textLead: "Nobody is heard now. Write in the chat; the voice comes back by itself.",

  // Pictures by themselves
  stillOf: "Picture of {name}",
  stillAge: { one: "picture, {count} second old", other: "picture, {count} seconds old" },
  stillsHere: "pictures only",

  // Your link and data
  open: "Your link and data",
  now: "Now",
  nowSent: "You send: {what}.",
  nowStart:
    "A call begins with the voice. Video follows when your link has shown that it carries it.",
  roundTrip: "Answers take {milliseconds} ms, {percent} of the packets are lost.",
  others: "The others",
  othersLink: "{name}: {level}",
  othersSend: "{name}: {level}, sends: {what}",
  most: "Send at most",
  mostClear: "As much as my link carries",
  mostSmall: "Small video",
  mostStills: "Voice, and a picture every few seconds",
  mostLean: "Light voice, and a picture now and then",
  mostText: "Text only",
  mostHint: "Less uses less data. The call goes on in any case.",
  noVideo: "Do not send me the video of the others",
  noVideoHint: "You still hear them and get a picture every few seconds.",
  data: "Data",
  used: "{amount} used so far, about {perHour} an hour as it is now.",
  limit: "Ask me when a call has used",
  noLimit: "Never",
  limitHint: "You are asked before it is used. If you do not answer, only a light voice is sent.",
  close: "Close",

  // Asked before it is used
  askTitle: "{used} of the {allowed} that you allowed this call are used.",
  overTitle: "The {allowed} that you allowed this call are used. Only a light voice is sent now.",
  more: "Allow {amount} more",
  save: "Save data now",

  // Is it really you
  compare: "Words to compare",
  compareLead:
    "Read these four words to each other. If both see the same, nobody stands between you. If not, leave the call and tell whoever runs this service.",
  wordsWith: "With {name}",
});
