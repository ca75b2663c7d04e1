import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { useCatalogue, valueOf } from "../../consult";
import {
  Checkbox,
  Choice,
  DateTimeInput,
  Field,
  FieldRow,
  lazy,
  Select,
  Stack,
  TextArea,
  TextInput,
} from "../../ui";
import { t } from "../words";
import type { Editor } from "./editor";
import { asksPregnancy } from "./values";

const TakeOver = lazy(() => import("../../health/TakeOver"));

type Wanted = NonNullable<Schema<"Wanted">["wanted"]>[number];

/** The question first; everything else serves it. */
export function SituationStep({ editor }: { editor: Editor }): JSX.Element {
  const catalogue = valueOf(useCatalogue());
  const { bind } = editor;
  const lang = editor.values.language;
  return (
    <Stack>
      <TextArea
        label={t("question")}
        hint={t("questionHint")}
        rows={2}
        maxLength={300}
        lang={lang}
        {...bind("/question")}
      />
      <TextArea
        label={t("concern")}
        optional
        rows={2}
        maxLength={2000}
        lang={lang}
        {...bind("/concern")}
      />
      <Choice
        label={t("setting")}
        optional
        options={[
          { value: "in-patient", label: t("inPatient") },
          { value: "out-patient", label: t("outPatient") },
          { value: "at-home", label: t("atHome") },
          { value: "in-transfer", label: t("inTransfer") },
        ]}
        {...bind("/setting")}
      />
      <Choice
        label={t("mode")}
        layout="list"
        options={[
          { value: "clinician-advice", label: t("modeAdvice"), hint: t("modeAdviceHint") },
          { value: "patient-present", label: t("modePresent"), hint: t("modePresentHint") },
          { value: "direct-to-patient", label: t("modeDirect"), hint: t("modeDirectHint") },
        ]}
        {...bind("/mode")}
      />
      <Select
        label={t("specialty")}
        optional
        empty={t("coordinatorDecides")}
        options={(catalogue?.specialties ?? []).map(({ code, label }) => ({ value: code, label }))}
        {...bind("/specialty")}
      />
      <FieldRow>
        <DateTimeInput label={t("canWaitUntil")} optional {...bind("/canWaitUntil")} />
        <Select
          label={t("textLanguage")}
          options={(catalogue?.languages ?? [{ code: lang, label: lang }]).map(
            ({ code, label }) => ({ value: code, label }),
          )}
          {...bind("/language")}
        />
      </FieldRow>
    </Stack>
  );
}

export function BackgroundStep({ editor }: { editor: Editor }): JSX.Element {
  const { bind, form, values } = editor;
  const lang = values.language;
  return (
    <Stack>
      {values.patient && (
        <TakeOver
          patientId={values.patient.id}
          history={values.history}
          medicines={values.medicines}
          onTake={(history, medicines) =>
            form.change((before) => ({ ...before, history, medicines }))
          }
        />
      )}
      {values.patient && asksPregnancy(values.patient) && (
        <>
          <Choice
            label={t("pregnancy")}
            options={[
              { value: "no", label: t("no") },
              { value: "yes", label: t("yes") },
              { value: "unknown", label: t("unknown") },
            ]}
            {...bind("/pregnancy")}
          />
          {values.pregnancy === "yes" && (
            <TextInput
              label={t("weeksPregnant")}
              inputMode="numeric"
              optional
              maxLength={2}
              {...bind("/weeks")}
            />
          )}
        </>
      )}
      <TextArea label={t("onset")} optional maxLength={2000} lang={lang} {...bind("/onset")} />
      <TextArea label={t("history")} optional maxLength={4000} lang={lang} {...bind("/history")} />
      <TextArea
        label={t("medicines")}
        optional
        rows={2}
        maxLength={2000}
        lang={lang}
        {...bind("/medicines")}
      />
      <TextArea
        label={t("social")}
        optional
        rows={2}
        maxLength={2000}
        lang={lang}
        {...bind("/social")}
      />
    </Stack>
  );
}

export function WantedStep({ editor }: { editor: Editor }): JSX.Element {
  const { bind, form, values } = editor;
  const lang = values.language;
  const kinds: readonly { value: Wanted; label: string }[] = [
    { value: "diagnosis", label: t("wantDiagnosis") },
    { value: "management", label: t("wantManagement") },
    { value: "image-reading", label: t("wantImage") },
    { value: "transfer-decision", label: t("wantTransfer") },
    { value: "second-opinion", label: t("wantSecond") },
    { value: "follow-up", label: t("wantFollowUp") },
  ];
  const toggle = (kind: Wanted, on: boolean) =>
    form.change((before) => ({
      ...before,
      wanted: on ? [...before.wanted, kind] : before.wanted.filter((one) => one !== kind),
    }));
  return (
    <Stack>
      <Field label={t("wanted")} optional group>
        {() => (
          <div class="choice-row">
            {kinds.map(({ value, label }) => (
              <Checkbox
                key={value}
                label={label}
                value={values.wanted.includes(value)}
                onChange={(on) => toggle(value, on)}
              />
            ))}
          </div>
        )}
      </Field>
      <TextArea
        label={t("treatmentGiven")}
        optional
        maxLength={4000}
        lang={lang}
        {...bind("/treatmentGiven")}
      />
      <TextArea
        label={t("possibleHere")}
        hint={t("possibleHint")}
        optional
        rows={2}
        maxLength={2000}
        lang={lang}
        {...bind("/possibleHere")}
      />
      <TextArea
        label={t("transfer")}
        optional
        rows={2}
        maxLength={1000}
        lang={lang}
        {...bind("/transfer")}
      />
      <Choice
        label={t("genderWish")}
        optional
        options={[
          { value: "", label: t("genderAny") },
          { value: "female", label: t("genderWoman") },
          { value: "male", label: t("genderMan") },
        ]}
        {...bind("/genderWish")}
      />
      {values.genderWish !== "" && (
        <Choice
          label={t("genderNeed")}
          layout="list"
          options={[
            { value: "wish", label: t("genderIfPossible") },
            { value: "must", label: t("genderMust"), hint: t("genderMustHint") },
          ]}
          {...bind("/genderNeed")}
        />
      )}
    </Stack>
  );
}
