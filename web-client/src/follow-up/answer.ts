import type { Schema } from "../api/client";
import type { FieldError, Problem } from "../api/problem";
import { sha256 } from "../files/shrink";
import { t } from "./words";

export type Questions = Schema<"FollowUpForm">;
export type Result = Schema<"NewOutcome">["result"];
export type Followed = Schema<"NewOutcome">["adviceFollowed"];

/** What is chosen and typed. */
export interface Answers {
  readonly result: Result | "";
  readonly adviceFollowed: Followed | "";
  readonly why: string;
  readonly diagnosis: "confirmed" | "changed" | "";
  readonly asks: "yes" | "no" | "";
  readonly nextQuestion: string;
}

export const NOTHING: Answers = {
  result: "",
  adviceFollowed: "",
  why: "",
  diagnosis: "",
  asks: "",
  nextQuestion: "",
};

export const RESULTS: readonly Result[] = [
  "better",
  "same",
  "worse",
  "died",
  "transferred",
  "left",
  "unknown",
];

/** A word of the catalogue; its key where a network's own catalogue has a gap. */
export function word(questions: Questions, key: string): string {
  return questions.words[key] ?? key;
}

/** What must be chosen before anything is sent. */
export function answerErrors(answers: Answers, choose: string): FieldError[] {
  const errors: FieldError[] = [];
  if (answers.result === "") errors.push({ pointer: "/result", detail: choose });
  if (answers.adviceFollowed === "") errors.push({ pointer: "/adviceFollowed", detail: choose });
  if (answers.asks === "yes" && answers.nextQuestion.trim() === "") {
    errors.push({ pointer: "/nextQuestion", detail: choose });
  }
  return errors;
}

/** What is sent: only what was said, and only where the question was shown. */
export function answerBody(answers: Answers) {
  const { result, adviceFollowed, diagnosis } = answers;
  const why = adviceFollowed === "fully" ? "" : answers.why.trim();
  const nextQuestion = answers.asks === "yes" ? answers.nextQuestion.trim() : "";
  return {
    result: result as Result,
    adviceFollowed: adviceFollowed as Followed,
    ...(why && { why }),
    ...(diagnosis && { diagnosis }),
    ...(nextQuestion && { nextQuestion }),
  };
}

/** Why the link did not open, and whether trying again may help. */
export function doorWords(problem: Problem): { title: string; lead: string; again: boolean } {
  if (problem.code === "link-over") {
    return { title: t("oldLink"), lead: t("oldLinkLead"), again: false };
  }
  return problem.status >= 400 && problem.status < 500 && problem.status !== 429
    ? { title: t("badLink"), lead: t("badLinkLead"), again: false }
    : { title: t("away"), lead: problem.sentence, again: true };
}

/**
 * What was typed belongs to whoever holds the link, not to the consult: another person's link to the
 * same consult does not show it. Nothing is kept where the browser cannot hash the secret.
 */
export async function draftName(token: string): Promise<string | undefined> {
  const hash = await sha256(new Blob([token]));
  return hash && `follow-up ${hash}`;
}

/** Which words of the catalogue say why sending failed, and whether it can never work. */
export function refusalOf(problem: Problem): { word: string; ends: boolean } {
  if (problem.outcomeUnknown) return { word: "away", ends: false };
  if (problem.code === "already-answered") return { word: "answered", ends: true };
  switch (problem.status) {
    case 404:
    case 409:
      return { word: "linkNotGood", ends: true };
    case 410:
      return { word: "linkOver", ends: true };
    case 429:
      return { word: "tooMany", ends: false };
    default:
      return { word: "notSent", ends: false };
  }
}
