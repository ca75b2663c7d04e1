import type { JSX } from "preact";
import { FormFields, formText, useFormTexts } from "../../forms";
import { Badge, Disclosure, Notice, ProblemNotice, Stack } from "../../ui";
import { currentLanguage } from "../../i18n/messages";
import { t } from "../words";
import type { Editor } from "./editor";
import { canonicalFor, fillingOf, typedIn, withTyped } from "./forms";
import { formAnswers } from "./values";

/**
 * What the specialist of this field asks besides: each form folded away, but for those with danger
 * signs, which stand open.
 */
export function DetailsStep({ editor, tried }: { editor: Editor; tried: boolean }): JSX.Element {
  useFormTexts();
  const { form: draft, known, values } = editor;
  const { forms } = known;
  if (!values.patient) return <Notice tone="warning">{t("patientFirst")}</Notice>;
  if (!forms) return <Notice tone="warning">{t("formsMissing")}</Notice>;
  const error = editor.error("/forms");
  return (
    <Stack>
      <p>{t("detailsLead")}</p>
      {forms.problem && <ProblemNotice problem={forms.problem} />}
      {error && <Notice tone="warning">{error}</Notice>}
      {forms.heads.map((head) => {
        const canonical = canonicalFor(head, values);
        const form = forms.loaded[canonical];
        const answers = formAnswers(values).find(
          ({ questionnaire }) => questionnaire === canonical,
        );
        const filling = form && fillingOf(form, values);
        const missing = filling ? Object.keys(filling.missing).length : 0;
        const open = head.asksForDanger || answers !== undefined;
        return (
          <Disclosure
            key={head.url}
            open={open}
            onOpen={() => forms.open(head)}
            summary={
              <>
                {formText(head.title)}{" "}
                {!head.asksForDanger && <span class="muted">({t("mayBeLeft")})</span>}{" "}
                {answers && missing === 0 && <Badge tone="green">{t("complete")}</Badge>}
                {(answers || head.asksForDanger) && missing > 0 && (
                  <Badge>{t("incomplete", { count: missing })}</Badge>
                )}
              </>
            }
          >
            {form && filling ? (
              <Stack>
                {head.description && <p class="muted">{formText(head.description)}</p>}
                <FormFields
                  form={form}
                  typed={typedIn(canonical, values)}
                  filling={filling}
                  language={currentLanguage()}
                  tried={tried}
                  onChange={(change) => draft.change((before) => withTyped(before, form, change))}
                />
                {head.approval && <p class="muted small">{formText(head.approval)}</p>}
              </Stack>
            ) : (
              <p class="muted">{t("formLoading")}</p>
            )}
          </Disclosure>
        );
      })}
    </Stack>
  );
}
