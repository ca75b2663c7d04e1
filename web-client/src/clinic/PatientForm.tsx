import type { JSX } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { api, basedOn, newKey, ok, once, type Schema } from "../api/client";
import { Problem } from "../api/problem";
import { useCatalogue, useMe, valueOf } from "../consult";
import { type Form, useForm } from "../form";
import { useResource } from "../resource";
import { Choice, FieldRow, FormFrame, Quantity, Select, TextArea, TextInput } from "../ui";
import { Conflict } from "./Conflict";
import {
  NEW_PATIENT,
  particularsOf,
  patientErrors,
  patientFieldOf,
  type PatientValues,
  valuesOf,
} from "./patient";
import { differences } from "./request/differences";
import { t } from "./words";

type Patient = Schema<"Patient">;

/** Registers somebody. The id is made here, so that sending twice makes one patient. */
export function RegisterForm(props: {
  onRegistered: (patient: Patient) => void;
  /** True from sending until the answer, or until the form goes. */
  onBusy?: (busy: boolean) => void;
}): JSX.Element {
  const { membership } = useMe();
  const form = useForm<PatientValues & { id: string }, Patient>({
    initial: { ...NEW_PATIENT, siteId: membership.site?.id ?? "", id: newKey() },
    draft: "patient new",
    validate: patientErrors,
    fieldOf: patientFieldOf,
    send: ({ id, ...values }, key) =>
      ok(
        api.POST("/patients", {
          body: { id, particulars: particularsOf(values) },
          headers: once(key),
        }),
      ),
    onSent: (patient) => props.onRegistered(patient),
  });
  useLayoutEffect(() => {
    props.onBusy?.(form.busy);
    return () => props.onBusy?.(false);
  }, [form.busy]);
  return (
    <FormFrame form={form} submit={t("register")}>
      <Fields form={form as unknown as Form<PatientValues>} />
    </FormFrame>
  );
}

/** Corrects somebody's particulars; another's change meanwhile is shown, never overwritten. */
export function CorrectForm(props: {
  patient: Patient;
  onCorrected: (patient: Patient) => void;
}): JSX.Element {
  const [version, setVersion] = useState(props.patient.version);
  const [theirs, setTheirs] = useState<Patient>();
  const { id } = props.patient;
  const form = useForm({
    initial: valuesOf(props.patient),
    validate: patientErrors,
    fieldOf: patientFieldOf,
    send: (values, key) =>
      ok(
        api.PUT("/patients/{patientId}", {
          params: { path: { patientId: id } },
          body: particularsOf(values),
          headers: { ...once(key), ...basedOn(version) },
        }),
      ).catch(async (error: unknown) => {
        if (error instanceof Problem && error.status === 412) {
          setTheirs(
            await ok(api.GET("/patients/{patientId}", { params: { path: { patientId: id } } })),
          );
        }
        throw error;
      }),
    onSent: props.onCorrected,
  });
  return (
    <>
      <FormFrame form={form} submit={t("saveChanges")}>
        <Fields form={form} />
      </FormFrame>
      {theirs && (
        <Conflict
          differences={differences(form.values, valuesOf(theirs))}
          onKeepMine={() => {
            setVersion(theirs.version);
            setTheirs(undefined);
          }}
          onTakeTheirs={() => {
            setVersion(theirs.version);
            form.change(() => valuesOf(theirs));
            setTheirs(undefined);
          }}
        />
      )}
    </>
  );
}

function Fields({ form }: { form: Form<PatientValues> }): JSX.Element {
  const { values } = form;
  return (
    <>
      <FieldRow>
        <TextInput
          label={t("localNumber")}
          hint={t("localNumberHint")}
          maxLength={40}
          {...form.field("/localNumber")}
        />
        <TextInput
          label={t("name")}
          hint={t("nameHint")}
          optional
          maxLength={200}
          {...form.field("/name")}
        />
      </FieldRow>
      <Choice
        label={t("sex")}
        options={[
          { value: "female", label: t("female") },
          { value: "male", label: t("male") },
          { value: "other", label: t("other") },
          { value: "unknown", label: t("unknown") },
        ]}
        {...form.field("/sex")}
      />
      <Choice
        label={t("birthKnown")}
        options={[
          { value: "age", label: t("byAge") },
          { value: "date", label: t("byDate") },
        ]}
        {...form.field("/known")}
      />
      {values.known === "age" ? (
        <Quantity
          label={t("age")}
          whole
          units={[
            { value: "years", label: t("years") },
            { value: "months", label: t("months") },
            { value: "weeks", label: t("weeks") },
            { value: "days", label: t("days") },
          ]}
          {...form.field("/age")}
        />
      ) : (
        <FieldRow>
          <TextInput label={t("birthDate")} type="date" {...form.field("/birthDate")} />
          <Select
            label={t("precision")}
            options={[
              { value: "day", label: t("precisionDay") },
              { value: "month", label: t("precisionMonth") },
              { value: "year", label: t("precisionYear") },
              { value: "estimated", label: t("precisionEstimated") },
            ]}
            {...form.field("/precision")}
          />
        </FieldRow>
      )}
      <Choice
        label={t("allergies")}
        options={[
          { value: "none", label: t("allergiesNone") },
          { value: "unknown", label: t("allergiesUnknown") },
          { value: "listed", label: t("allergiesListed") },
        ]}
        {...form.field("/allergies")}
      />
      {values.allergies === "listed" && (
        <TextArea
          label={t("allergyList")}
          hint={t("allergyHint")}
          rows={2}
          {...form.field("/allergyList")}
        />
      )}
      <LanguageChoice form={form} />
      <FieldRow>
        <TextInput
          label={t("phone")}
          type="tel"
          inputMode="tel"
          optional
          maxLength={40}
          {...form.field("/phone")}
        />
        <TextInput label={t("guardian")} optional maxLength={200} {...form.field("/guardian")} />
      </FieldRow>
      <SiteChoice form={form} />
    </>
  );
}

function LanguageChoice({ form }: { form: Form<PatientValues> }): JSX.Element {
  const languages = valueOf(useCatalogue())?.languages ?? [];
  return (
    <Select
      label={t("language")}
      empty={t("choose")}
      options={languages.map(({ code, label }) => ({ value: code, label }))}
      {...form.field("/language")}
    />
  );
}

/** Only where the organisation has several sites. */
function SiteChoice({ form }: { form: Form<PatientValues> }): JSX.Element | null {
  const sites = valueOf(useResource(() => ok(api.GET("/sites")), []))?.items ?? [];
  if (sites.length < 2) return null;
  return (
    <Select
      label={t("site")}
      optional
      empty={t("choose")}
      options={sites.map(({ id, name }) => ({ value: id, label: name }))}
      {...form.field("/siteId")}
    />
  );
}
