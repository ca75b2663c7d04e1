import { messages } from "../../i18n/messages";

export const t = messages("heat", {
  nav: "Coverage",
  title: "Coverage",
  lead: "Who could be reached, hour by hour, beside what is likely to be asked; four weeks ahead.",
  gaps: "Gaps, the worst first",
  gapsNone: "No gap in the coming four weeks, as far as the past weeks tell.",
  more: { one: "{count} more gap, less bad", other: "{count} more gaps, less bad" },
  times: { one: "once", other: "in {count} weeks" },
  local: "{time} on your clock",
  unspoken: "Languages that nobody speaks",
  unspokenLine: {
    one: "{language}: {count} consult",
    other: "{language}: {count} consults",
  },
  ground: {
    one: "The forecast looks back {count} week.",
    other: "The forecast looks back {count} weeks.",
  },
  pair: "Field and language",
  pairName: "{specialty}, {language}",
  week: "Week of",
  none: "No consult yet, and no rota: nothing to cover.",
  noneTitle: "Nothing asked for yet",
  groundNone: "Nobody has asked for this in these weeks.",
  groundLittle: {
    one: "Only {count} consult in these weeks: an average over the week more than a forecast of the hour.",
    other:
      "Only {count} consults in these weeks: an average over the week more than a forecast of the hour.",
  },
  groundEnough: { one: "From {count} consult.", other: "From {count} consults." },
  caption: "{pair}: how many could be reached of how many needed, on the clock of {zone}",
  hour: "Hour",
  key: "Reachable / likely to be needed",
  nobody: "nobody",
  few: "too few",
  enough: "enough",
  quiet: "nobody asks",
  cell: "{reachable} of {needed}, {level}",
  clock: "Times on the clock of",
});
