import type { JSX } from "preact";
import { comma } from "../i18n/comma";
import { Icon } from "../ui";
import {
  type Answers,
  codeText,
  EXTENSION,
  extension,
  type Given,
  isDanger,
  type Item,
  optionsOf,
  type Questionnaire,
  textOf,
  type Value,
} from "./questionnaire";
import { formText, useFormTexts } from "./texts";
import { t } from "./words";
import "./forms.css";

/** Answers as they were given, drawn with the version of the form that they were given to. */
export function AnswersView(props: {
  answers: Answers;
  form: Questionnaire | undefined;
  language: string;
}): JSX.Element {
  const { answers, form, language } = props;
  useFormTexts();
  const approval = extension(form?.extension, EXTENSION.approval)?.valueString;
  return (
    <div class="stack stack-small">
      {!form && <p class="muted">{t("noForm", { name: answers.questionnaire })}</p>}
      <Rows items={form?.item ?? []} given={answers.item} language={language} />
      {form && (
        <p class="muted small">
          {t("approval", { version: form.version, approval: formText(approval ?? "") })}
        </p>
      )}
    </div>
  );
}

function Rows(props: {
  items: readonly Item[];
  given: readonly Given[];
  language: string;
}): JSX.Element {
  const { language } = props;
  return (
    <>
      {ordered(props.items, props.given).map((one) => {
        const item = props.items.find(({ linkId }) => linkId === one.linkId);
        const text = item ? textOf(item, language) : one.linkId;
        if (one.item && one.item.length > 0) {
          return (
            <section key={one.linkId} class="answers-group">
              <h3 class="answers-heading">{text}</h3>
              <Rows items={item?.item ?? []} given={one.item} language={language} />
            </section>
          );
        }
        const present = item && isDanger(item) && one.answer?.[0]?.valueBoolean === true;
        return (
          <div key={one.linkId} class="answers-row" data-raised={present ? "" : undefined}>
            <span class="answers-question">
              {present && <Icon name="warning" />} {text}
            </span>
            <span class="answers-value" dir="auto">
              {(one.answer ?? []).map((value) => valueText(item, value)).join(comma())}
            </span>
          </div>
        );
      })}
    </>
  );
}

/** In the order of the form, whatever order they were given in. */
function ordered(items: readonly Item[], given: readonly Given[]): Given[] {
  const place = ({ linkId }: Given) => items.findIndex((item) => item.linkId === linkId);
  return [...given].sort((one, other) => place(one) - place(other));
}

/** One answer in words; codes by the form's words, else by those that were sent with them. */
export function valueText(item: Item | undefined, value: Value): string {
  const { valueBoolean, valueCoding, valueQuantity } = value;
  if (valueBoolean !== undefined) return valueBoolean ? t("yes") : t("no");
  if (valueCoding) {
    const option = item && optionsOf(item).find(({ code }) => code === valueCoding.code);
    return codeText(option ?? valueCoding);
  }
  if (valueQuantity) {
    return `${valueQuantity.value} ${formText(valueQuantity.unit ?? valueQuantity.code)}`;
  }
  if (value.valueAttachment) return value.valueAttachment.title ?? t("picture", { count: 1 });
  const plain =
    value.valueString ??
    value.valueDate ??
    value.valueDateTime ??
    value.valueTime ??
    value.valueInteger ??
    value.valueDecimal;
  return plain === undefined ? "" : String(plain);
}
