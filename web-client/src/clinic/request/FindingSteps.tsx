import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Schema } from "../../api/client";
import { unitText } from "../../consult";
import {
  Badge,
  Button,
  Choice,
  DateTimeInput,
  Icon,
  type Measure,
  Notice,
  Quantity,
  Stack,
  TextArea,
  TextInput,
  When,
} from "../../ui";
import { t } from "../words";
import type { Editor } from "./editor";
import { signsFor } from "./values";

type Sign = Schema<"TriageRules">["dangerSigns"][number];

/** What was measured, each in its one unit, and what was found. */
export function VitalsStep({ editor }: { editor: Editor }): JSX.Element {
  const { bind, form, known, values } = editor;
  const lang = values.language;
  const measure = (code: string, typed: Measure) =>
    form.change((before) => {
      const { [code]: _, ...times } = before.times;
      return {
        ...before,
        times,
        takenAt: before.takenAt || nowInMinutes(),
        vitals: { ...before.vitals, [code]: typed },
      };
    });
  return (
    <Stack>
      <Choice
        label={t("consciousness")}
        optional
        options={[
          { value: "alert", label: t("alert") },
          { value: "voice", label: t("voice") },
          { value: "pain", label: t("pain") },
          { value: "unresponsive", label: t("unresponsive") },
        ]}
        {...bind("/consciousness")}
      />
      {known.rules ? (
        <>
          <p class="muted">{t("vitalsLead")}</p>
          <div class="measures">
            {known.rules.vitals.map((vital) => (
              <Quantity
                key={vital.code}
                label={vital.label}
                optional
                whole={vital.decimals === 0}
                units={[{ value: vital.unit, label: unitText(vital.unit) }]}
                {...bind(`/vitals/${vital.code}`)}
                hint={values.times[vital.code] && <When at={values.times[vital.code] ?? ""} />}
                value={values.vitals[vital.code] ?? { value: "", unit: vital.unit }}
                onChange={(typed) => measure(vital.code, typed)}
              />
            ))}
          </div>
        </>
      ) : (
        <Notice tone="warning">{t("rulesMissing")}</Notice>
      )}
      {values.vitals["oxygen-saturation"]?.value && (
        <TextInput
          label={t("oxygenMethod")}
          optional
          maxLength={60}
          {...bind("/methods/oxygen-saturation")}
          value={values.methods["oxygen-saturation"] ?? ""}
        />
      )}
      {values.takenAt && <DateTimeInput label={t("takenAt")} {...bind("/takenAt")} />}
      {values.earlierVitals.length > 0 && (
        <p class="muted small">{t("earlierVitals", { count: values.earlierVitals.length })}</p>
      )}
      <TextArea
        label={t("findings")}
        optional
        rows={4}
        maxLength={8000}
        lang={lang}
        {...bind("/findings")}
      />
      <TextArea
        label={t("tests")}
        optional
        rows={2}
        maxLength={4000}
        lang={lang}
        {...bind("/tests")}
      />
      <TextArea
        label={t("diagnosis")}
        optional
        rows={2}
        maxLength={1000}
        lang={lang}
        {...bind("/diagnosis")}
      />
    </Stack>
  );
}

/** Now, to the minute: seconds would only pretend. */
function nowInMinutes(): string {
  return `${new Date().toISOString().slice(0, 16)}:00Z`;
}

/** Each danger sign is looked for and answered; a blank one is not an absent one. */
export function SignsStep({ editor }: { editor: Editor }): JSX.Element {
  const { form, known, values } = editor;
  if (!values.patient) return <Notice tone="warning">{t("patientFirst")}</Notice>;
  if (!known.rules) return <Notice tone="warning">{t("rulesMissing")}</Notice>;
  const signs = signsFor(values, known.rules);
  const left = signs.filter(({ code }) => !values.signs[code]);
  const answer = (codes: readonly string[], said: "yes" | "no") =>
    form.change((before) => ({
      ...before,
      signs: { ...before.signs, ...Object.fromEntries(codes.map((code) => [code, said])) },
    }));
  const error = editor.error("/signs");
  return (
    <Stack>
      <p>{t("signsLead")}</p>
      <div class="signs">
        {signs.map((sign) => (
          <SignRow
            key={sign.code}
            sign={sign}
            answer={values.signs[sign.code]}
            missing={error !== undefined && !values.signs[sign.code]}
            onAnswer={(said) => answer([sign.code], said)}
          />
        ))}
      </div>
      {error && (
        <p class="field-error" role="alert">
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      )}
      {left.length > 0 && (
        <div class="row">
          <Badge>{t("signsLeft", { count: left.length })}</Badge>
          <Button
            icon="check"
            onPress={() =>
              answer(
                left.map(({ code }) => code),
                "no",
              )
            }
          >
            {t("restNo")}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function SignRow(props: {
  sign: Sign;
  answer: "yes" | "no" | undefined;
  missing: boolean;
  onAnswer: (answer: "yes" | "no") => void;
}): JSX.Element {
  const name = useId();
  const options = [
    { value: "yes", label: t("yes") },
    { value: "no", label: t("no") },
  ] as const;
  return (
    <fieldset class="sign" data-invalid={props.missing ? "" : undefined}>
      <legend>{props.sign.label}</legend>
      <div class="sign-answers">
        {options.map(({ value, label }) => (
          <label class={`choice sign-${value}`} key={value}>
            <input
              type="radio"
              name={name}
              checked={props.answer === value}
              onChange={() => props.onAnswer(value)}
            />
            <span class="choice-label">{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
