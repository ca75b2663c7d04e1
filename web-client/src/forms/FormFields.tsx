import type { JSX } from "preact";
import { useId } from "preact/hooks";
import {
  Button,
  Checkbox,
  Choice,
  DateTimeInput,
  Field,
  Quantity,
  Select,
  TextArea,
  TextInput,
} from "../ui";
import {
  isDanger,
  isHidden,
  isRequired,
  type Item,
  codeText,
  optionsOf,
  type Questionnaire,
  textOf,
  unitsOf,
} from "./questionnaire";
import { type Filling, type Typed, typedAt, type TypedForm } from "./typed";
import { charsMax } from "./values";
import { t } from "./words";
import "./forms.css";

/** Options that fit beside each other on a phone; more go into a list. */
const CHOICES_MAX = 5;

interface Props {
  readonly form: Questionnaire;
  readonly typed: TypedForm;
  readonly filling: Filling;
  readonly language: string;
  /** Shows what is missing too; what is impossible is always shown. */
  readonly tried: boolean;
  readonly onChange: (change: TypedForm) => void;
}

/** Draws a form from its data: only what is asked, danger signs first in sight. */
export function FormFields(props: Props): JSX.Element {
  const { form, filling, typed } = props;
  const open = form.item.filter((item) => isDanger(item) && filling.asked.has(item.linkId));
  const left = open.filter(({ linkId }) => typedAt(typed, linkId).values.length === 0);
  const allNo = () =>
    props.onChange(Object.fromEntries(left.map(({ linkId }) => [linkId, { values: ["no"] }])));
  return (
    <div class="stack">
      {open.length > 0 && (
        <fieldset class="form-group">
          <legend class="form-legend">{t("dangerLegend")}</legend>
          <div class="signs">
            {open.map((item) => (
              <YesNo key={item.linkId} {...props} item={item} />
            ))}
          </div>
          {left.length > 0 && (
            <Button small icon="check" onPress={allNo}>
              {t("restNo")}
            </Button>
          )}
        </fieldset>
      )}
      <Items {...props} items={form.item.filter((item) => !open.includes(item))} />
    </div>
  );
}

function Items(props: Props & { items: readonly Item[] }): JSX.Element {
  const shown = props.items.filter(
    (item) => props.filling.asked.has(item.linkId) && !isHidden(item),
  );
  return (
    <>
      {shown.map((item) =>
        item.type === "group" ? (
          <fieldset class="form-group" key={item.linkId}>
            <legend class="form-legend">{textOf(item, props.language)}</legend>
            <div class="stack">
              <Items {...props} items={item.item ?? []} />
            </div>
          </fieldset>
        ) : (
          <Question {...props} key={item.linkId} item={item} />
        ),
      )}
    </>
  );
}

type OfItem = Props & { readonly item: Item };

/** What every control of a question gets. */
function frame({ item, typed, filling, tried, language, onChange }: OfItem) {
  const value = typedAt(typed, item.linkId);
  const missing = tried ? filling.missing[item.linkId] : undefined;
  return {
    value,
    change: (next: Typed) => onChange({ [item.linkId]: next }),
    field: {
      label: textOf(item, language),
      name: item.linkId,
      error: filling.impossible[item.linkId] ?? missing,
      disabled: item.readOnly ?? false,
      ...(!isRequired(item) && { optional: true }),
    },
  };
}

function Question(props: OfItem): JSX.Element | null {
  const { item, language } = props;
  const { value, change, field } = frame(props);
  const [text = ""] = value.values;
  const write = (typed: string) => change({ ...value, values: typed === "" ? [] : [typed] });
  switch (item.type) {
    case "display":
      return <p class="muted">{textOf(item, language)}</p>;
    case "boolean":
      return <YesNo {...props} />;
    case "integer":
    case "decimal":
      return (
        <TextInput
          {...field}
          inputMode={item.type === "integer" ? "numeric" : "decimal"}
          maxLength={12}
          value={text}
          onChange={write}
        />
      );
    case "quantity": {
      const units = unitsOf(item).map((unit) => ({ value: unit.code, label: codeText(unit) }));
      return (
        <Quantity
          {...field}
          units={units}
          value={{ value: text, unit: value.unit ?? units[0]?.value ?? "" }}
          onChange={(typed) =>
            change({ values: typed.value === "" ? [] : [typed.value], unit: typed.unit })
          }
        />
      );
    }
    case "date":
    case "time":
      return <TextInput {...field} type={item.type} value={text} onChange={write} />;
    case "dateTime":
      return <DateTimeInput {...field} value={text} onChange={write} />;
    case "string":
      return (
        <TextInput
          {...field}
          maxLength={charsMax(item)}
          lang={language}
          value={text}
          onChange={write}
        />
      );
    case "text":
      return (
        <TextArea
          {...field}
          rows={2}
          maxLength={charsMax(item)}
          lang={language}
          value={text}
          onChange={write}
        />
      );
    case "choice":
    case "open-choice":
      return <Chosen {...props} />;
    case "attachment":
      return (
        <div class="field">
          <span class="field-label">{textOf(item, language)}</span>
          <p class="field-hint">{t("filesLater")}</p>
        </div>
      );
    case "group":
      return null;
  }
}

/** One or several of the answers that the form offers, and own words where it allows them. */
function Chosen(props: OfItem): JSX.Element {
  const { item } = props;
  const { value, change, field } = frame(props);
  const options = optionsOf(item).map((option) => ({
    value: option.code,
    label: codeText(option),
  }));
  const chosen = value.values.filter((code) => options.some((option) => option.value === code));
  const choose = (values: readonly string[]) => change({ ...value, values });
  const [one = ""] = chosen;
  return (
    <>
      {item.repeats ? (
        <Field {...field} group>
          {() => (
            <div class="choice-row">
              {options.map((option) => (
                <Checkbox
                  key={option.value}
                  label={option.label}
                  value={chosen.includes(option.value)}
                  onChange={(on) =>
                    choose(
                      on
                        ? [...chosen, option.value]
                        : chosen.filter((code) => code !== option.value),
                    )
                  }
                />
              ))}
            </div>
          )}
        </Field>
      ) : options.length > CHOICES_MAX ? (
        <Select
          {...field}
          empty={t("choose")}
          options={options}
          value={one}
          onChange={(code) => choose(code ? [code] : [])}
        />
      ) : (
        <Choice {...field} options={options} value={one} onChange={(code) => choose([code])} />
      )}
      {item.type === "open-choice" && (
        <TextInput
          label={t("ownWords")}
          optional
          maxLength={charsMax(item)}
          lang={props.language}
          value={value.words ?? ""}
          onChange={(words) => change({ ...value, words })}
        />
      )}
    </>
  );
}

/** Yes or no, side by side; a danger sign is coloured like those of the triage. */
function YesNo(props: OfItem): JSX.Element {
  const { item } = props;
  const { value, change, field } = frame(props);
  const name = useId();
  const options = [
    { value: "yes", label: t("yes") },
    { value: "no", label: t("no") },
  ] as const;
  return (
    <fieldset
      class={isDanger(item) ? "sign" : "sign sign-plain"}
      data-invalid={field.error ? "" : undefined}
    >
      <legend>{field.label}</legend>
      <div class="sign-answers">
        {options.map((option) => (
          <label class={`choice sign-${option.value}`} key={option.value}>
            <input
              type="radio"
              name={name}
              checked={value.values[0] === option.value}
              disabled={field.disabled}
              onChange={() => change({ values: [option.value] })}
            />
            <span class="choice-label">{option.label}</span>
          </label>
        ))}
      </div>
      {field.error && <p class="field-error">{field.error}</p>}
    </fieldset>
  );
}
