import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { AnswersView, canonicalOf, formText, useFormTexts } from "../forms";
import { currentLanguage } from "../i18n/messages";
import { useResource } from "../resource";
import { Card, Loading } from "../ui";
import { valueOf } from "./reference";

type Forms = { items: Schema<"Form">[] };

/** The answers to the forms of a request, each drawn with the version that it was given to. */
export function FormAnswers({ request }: { request: Schema<"Request"> }): JSX.Element | null {
  useFormTexts();
  const { consultId, content } = request;
  const answers = content.answers ?? [];
  const versions = answers.map(({ questionnaire }) => questionnaire).join(" ");
  const forms = useResource(
    (): Promise<Forms> =>
      versions === ""
        ? Promise.resolve({ items: [] })
        : ok(api.GET("/consults/{consultId}/forms", { params: { path: { consultId } } })),
    [consultId, versions],
  );
  if (answers.length === 0) return null;
  if (forms.state.kind === "loading") return <Loading rows={2} />;
  const known = (valueOf(forms)?.items ?? []).map(({ questionnaire }) => questionnaire);
  return (
    <>
      {answers.map((one) => {
        const form = known.find((it) => canonicalOf(it) === one.questionnaire);
        return (
          <Card key={one.questionnaire} title={form ? formText(form.title) : one.questionnaire}>
            <AnswersView answers={one} form={form} language={currentLanguage()} />
          </Card>
        );
      })}
    </>
  );
}
