import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, ok } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { LanguageChoice } from "../app/LanguageChoice";
import { removeDraft } from "../drafts";
import { useForm } from "../form";
import { chooseLanguage } from "../i18n/choice";
import { direction } from "../i18n/messages";
import { useAddress } from "../router";
import { Button, Choice, EmptyState, Loading, Logo, Notice, Select, TextArea } from "../ui";
import {
  answerBody,
  answerErrors,
  doorWords,
  draftName,
  NOTHING,
  type Questions,
  refusalOf,
  RESULTS,
  word,
} from "./answer";
import { t } from "./words";
import "./follow-up.css";

type Door =
  | { readonly kind: "opening" }
  | {
      readonly kind: "open";
      readonly questions: Questions;
      readonly draft: string | undefined;
    }
  /** Nothing can be sent by this link any more. */
  | { readonly kind: "over"; readonly questions: Questions; readonly lead: string }
  | { readonly kind: "closed"; readonly problem: Problem };

/**
 * Opened by the link of a reminder, without a sign-in: `/follow-up#token`. The token stands in the
 * fragment, so that it reaches no server's log. Nothing is shown but the questions.
 */
export default function FormPage(): JSX.Element {
  const { fragment } = useAddress();
  useEffect(() => {
    document.title = `${t("title")} · Consilium`;
  }, []);
  return (
    <main class="alone follow-up" id="content">
      <Logo />
      {fragment === "" ? (
        <EmptyState page icon="warning" title={t("noLink")}>
          {t("noLinkLead")}
        </EmptyState>
      ) : (
        <Opened key={fragment} token={fragment} />
      )}
      <LanguageChoice choose={chooseLanguage} />
    </main>
  );
}

function Opened({ token }: { token: string }): JSX.Element {
  const [door, setDoor] = useState<Door>({ kind: "opening" });
  const [sent, setSent] = useState<{ reopens: boolean }>();
  const open = async (language?: string) => {
    const draft = await draftName(token);
    try {
      const questions = await ok(
        api.POST("/follow-up-forms/opening", { body: { token, ...(language && { language }) } }),
      );
      if (questions.answered && draft) void removeDraft(draft);
      setDoor({ kind: "open", questions, draft });
    } catch (error) {
      const problem = asProblem(error);
      if (draft && !doorWords(problem).again) void removeDraft(draft);
      setDoor({ kind: "closed", problem });
    }
  };
  useEffect(() => void open(), [token]);
  switch (door.kind) {
    case "opening":
      return (
        <>
          <p>{t("opening")}</p>
          <Loading rows={4} />
        </>
      );
    case "closed": {
      const { title, lead, again } = doorWords(door.problem);
      return (
        <EmptyState
          page
          icon="warning"
          title={title}
          action={
            again && (
              <Button kind="primary" onPress={() => void open()}>
                {t("tryAgain")}
              </Button>
            )
          }
        >
          {lead}
        </EmptyState>
      );
    }
    case "open": {
      const { questions, draft } = door;
      return (
        <div class="stack" lang={questions.language} dir={direction(questions.language)}>
          {sent || questions.answered ? (
            <Thanks questions={questions} reopens={sent?.reopens} />
          ) : (
            <Form
              token={token}
              questions={questions}
              draft={draft}
              onLanguage={(language) => void open(language)}
              onSent={setSent}
              onAnswered={() =>
                setDoor({ kind: "open", questions: { ...questions, answered: true }, draft })
              }
              onOver={(lead) => setDoor({ kind: "over", questions, lead })}
            />
          )}
        </div>
      );
    }
    case "over": {
      const { questions, lead } = door;
      return (
        <div lang={questions.language} dir={direction(questions.language)}>
          <EmptyState page icon="warning" title={word(questions, "title")}>
            {lead}
          </EmptyState>
        </div>
      );
    }
  }
}

function Thanks(props: { questions: Questions; reopens: boolean | undefined }): JSX.Element {
  const { questions, reopens } = props;
  return (
    <EmptyState page icon="check" title={word(questions, "thanks")}>
      {reopens === undefined
        ? word(questions, "answered")
        : `${reopens ? `${word(questions, "reopened")} ` : ""}${word(questions, "thanksLead")}`}
    </EmptyState>
  );
}

function Form(props: {
  token: string;
  questions: Questions;
  draft: string | undefined;
  onLanguage: (language: string) => void;
  onSent: (receipt: { reopens: boolean }) => void;
  onAnswered: () => void;
  onOver: (lead: string) => void;
}): JSX.Element {
  const { token, questions } = props;
  const w = (key: string) => word(questions, key);
  const form = useForm({
    initial: NOTHING,
    ...(props.draft && { draft: props.draft }),
    validate: (answers) => answerErrors(answers, w("choose")),
    // The key names the sending: pressing again on a bad link is the same answer.
    send: (answers, key) =>
      ok(
        api.POST("/follow-up-forms/answers", {
          body: { token, sending: key, answer: answerBody(answers) },
        }),
      ),
    onSent: props.onSent,
    fieldOf: (pointer) => pointer.replace(/^\/answer/, ""),
  });
  const { status } = form.state;
  const problem = status.kind === "failed" ? status.problem : undefined;
  const refusal = problem && refusalOf(problem);
  useEffect(() => {
    if (!refusal?.ends) return;
    form.discard();
    if (refusal.word === "answered") props.onAnswered();
    else props.onOver(w(refusal.word));
  }, [problem]);
  const { adviceFollowed, asks } = form.values;
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      <div class="follow-up-head">
        <p class="muted">
          {w("consult")} <strong dir="ltr">{questions.reference}</strong>
        </p>
        <Select
          label={t("language")}
          value={questions.language}
          onChange={props.onLanguage}
          options={questions.languages.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </div>
      {form.state.restored && (
        <Notice
          action={
            <Button small onPress={form.discard}>
              {w("startAgain")}
            </Button>
          }
        >
          {w("restored")}
        </Notice>
      )}
      <p>{w("lead")}</p>
      <Choice
        label={w("result")}
        options={RESULTS.map((value) => ({ value, label: w(value) }))}
        {...form.field("/result")}
      />
      <Choice
        label={w("followed")}
        options={(["fully", "partly", "no"] as const).map((value) => ({ value, label: w(value) }))}
        {...form.field("/adviceFollowed")}
      />
      {(adviceFollowed === "partly" || adviceFollowed === "no") && (
        <TextArea
          label={w("why")}
          hint={`${w("optional")}. ${w("privacy")}`}
          rows={2}
          maxLength={1000}
          {...form.field("/why")}
        />
      )}
      <Choice
        label={w("diagnosis")}
        hint={w("optional")}
        options={(["confirmed", "changed"] as const).map((value) => ({ value, label: w(value) }))}
        {...form.field("/diagnosis")}
      />
      <Choice
        label={w("question")}
        hint={w("optional")}
        options={[
          { value: "no", label: w("noQuestion") },
          { value: "yes", label: w("yes") },
        ]}
        {...form.field("/asks")}
      />
      {asks === "yes" && (
        <TextArea
          label={w("questionText")}
          hint={w("privacy")}
          rows={3}
          maxLength={1000}
          {...form.field("/nextQuestion")}
        />
      )}
      {refusal && (
        <Notice tone={problem.outcomeUnknown ? "warning" : "error"} form>
          {w(refusal.word)}
        </Notice>
      )}
      <Button type="submit" kind="primary" busy={form.busy}>
        {problem?.outcomeUnknown ? w("retry") : w("send")}
      </Button>
    </form>
  );
}
