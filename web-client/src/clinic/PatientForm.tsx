import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { api, basedOn, newKey, ok, once, type Schema } from "../api/client";
import { asProblem, Problem } from "../api/problem";
import { useCatalogue, useMe, valueOf } from "../consult";
import { type Form, useForm } from "../form";
import { hand } from "../offline/acts";
import { t as offline } from "../offline/words";
import { useResource } from "../resource";
import {
  Button,
  Card,
  Checkbox,
  Choice,
  Disclosure,
  FieldRow,
  FormFrame,
  Quantity,
  Row,
  Select,
  TextArea,
  TextInput,
  toast,
} from "../ui";
import { Conflict } from "./Conflict";
import { type LookAlike, LookAlikes } from "./LookAlikes";
import {
  NEW_PATIENT,
  NO_IDENTIFIER,
  particularsOf,
  patientErrors,
  patientFieldOf,
  type PatientValues,
  valuesOf,
} from "./patient";
import { differences } from "./request/differences";
import { t } from "./words";

type Patient = Schema<"Patient">;

/** Without a link nobody can be compared; the patient's page shows who is alike later. */
function withoutLink(error: unknown): undefined {
  const { status } = asProblem(error);
  if (status !== 0) throw error;
}

/**
 * Registers somebody. The id is made here, so that sending twice makes one patient. Before the
 * first sending those who look like the same person are shown, and somebody decides.
 */
export function RegisterForm(props: {
  onRegistered: (patient: Patient) => void;
  /** True from sending until the answer, or until the form goes. */
  onBusy?: (busy: boolean) => void;
}): JSX.Element {
  const { membership } = useMe();
  const [alike, setAlike] = useState<readonly LookAlike[]>([]);
  /** Those who were shown and are other people. */
  const others = useRef<readonly string[]>([]);
  const form = useForm<PatientValues & { id: string }, Patient>({
    initial: { ...NEW_PATIENT, siteId: membership.site?.id ?? "", id: newKey() },
    draft: "patient new",
    validate: patientErrors,
    fieldOf: patientFieldOf,
    send: async ({ id, ...values }, key) => {
      const particulars = particularsOf(values);
      const looked = await ok(api.POST("/patients/look-alikes", { body: particulars })).catch(
        withoutLink,
      );
      if (!looked) return registerLater(id, key, particulars, { ...values, id });
      const { items } = looked;
      const unseen = items.filter(
        ({ patient }) => patient.id !== id && !others.current.includes(patient.id),
      );
      if (unseen.length > 0) {
        setAlike(items.filter(({ patient }) => patient.id !== id));
        throw lookFirst();
      }
      const registered = await ok(
        api.POST("/patients", { body: { id, particulars }, headers: once(key) }),
      );
      for (const otherId of others.current) {
        await ok(
          api.POST("/patients/{patientId}/distinction", {
            params: { path: { patientId: id } },
            body: { otherId },
            headers: once(`${key}-${otherId}`),
          }),
        );
      }
      return registered;
    },
    onSent: (patient) => props.onRegistered(patient),
  });
  async function registerLater(
    id: string,
    key: string,
    particulars: Schema<"PatientParticulars">,
    values: unknown,
  ): Promise<Patient> {
    const handed = await hand({
      id: key,
      title: particulars.name ?? particulars.localNumber,
      actedAt: Date.now(),
      form: { draft: "patient new", values, page: "/clinic/patients/new" },
      doing: { kind: "patient", patientId: id, body: particulars },
    });
    if (handed.kind === "sent" && handed.answer) return handed.answer as Patient;
    toast(offline("kept"));
    const { patientHere } = await import("./patientHere");
    return patientHere(id, particulars, membership.site);
  }
  useLayoutEffect(() => {
    props.onBusy?.(form.busy);
    return () => props.onBusy?.(false);
  }, [form.busy]);
  return (
    <>
      <FormFrame form={form} submit={t("register")}>
        <Fields form={form as unknown as Form<PatientValues>} />
      </FormFrame>
      {alike.length > 0 && (
        <Card title={t("alikeTitle")} tone="raised">
          <LookAlikes
            items={alike}
            actions={({ patient }) => (
              <Button
                small
                onPress={() => {
                  form.discard();
                  props.onRegistered(patient);
                }}
              >
                {t("alikeSame")}
              </Button>
            )}
          />
          <Row>
            <Button
              kind="primary"
              busy={form.busy}
              onPress={() => {
                others.current = alike.map(({ patient }) => patient.id);
                setAlike([]);
                form.submit();
              }}
            >
              {t("alikeNone")}
            </Button>
          </Row>
        </Card>
      )}
    </>
  );
}

function lookFirst(): Problem {
  return new Problem({
    kind: "answered",
    status: 409,
    code: "look-first",
    sentence: t("alikeFound"),
  });
}

/** Corrects somebody's particulars; another's change meanwhile is shown, never overwritten. */
export function CorrectForm(props: {
  patient: Patient;
  onCorrected: (patient: Patient) => void;
}): JSX.Element {
  const [theirs, setTheirs] = useState<Patient>();
  const { id } = props.patient;
  const form = useForm({
    // A draft goes on from the version that was read when it was typed.
    initial: { ...valuesOf(props.patient), version: props.patient.version },
    draft: `patient ${id}`,
    validate: patientErrors,
    fieldOf: patientFieldOf,
    send: ({ version, ...values }, key) =>
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
        <Fields form={form as unknown as Form<PatientValues>} />
      </FormFrame>
      {theirs && (
        <Conflict
          differences={differences(form.values, {
            ...valuesOf(theirs),
            version: form.values.version,
          })}
          onKeepMine={() => {
            form.change((mine) => ({ ...mine, version: theirs.version }));
            setTheirs(undefined);
          }}
          onTakeTheirs={() => {
            form.change(() => ({ ...valuesOf(theirs), version: theirs.version }));
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
        {!values.unidentified && (
          <TextInput
            label={t("name")}
            hint={t("nameHint")}
            optional
            maxLength={200}
            {...form.field("/name")}
          />
        )}
      </FieldRow>
      {!values.unidentified && (
        <TextInput label={t("native")} optional maxLength={200} {...form.field("/native")} />
      )}
      <Checkbox
        label={t("unidentified")}
        hint={t("unidentifiedHint")}
        {...form.field("/unidentified")}
      />
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
          { value: "looks", label: t("byLooks") },
        ]}
        {...form.field("/known")}
      />
      {values.known !== "date" ? (
        <Quantity
          label={values.known === "age" ? t("age") : t("looks")}
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
      <MoreIdentity form={form} />
    </>
  );
}

/** What is seldom known or asked; open from the start where something of it is. */
function MoreIdentity({ form }: { form: Form<PatientValues> }): JSX.Element {
  const { values } = form;
  const known =
    values.identifiers.length > 0 ||
    [values.given, values.family, values.otherPhones, values.address, values.region].some(
      Boolean,
    ) ||
    [values.guardianRelation, values.deceasedOn].some(Boolean);
  return (
    <Disclosure summary={t("moreIdentity")} open={known}>
      <div class="stack">
        {!values.unidentified && (
          <FieldRow>
            <TextInput label={t("given")} optional maxLength={200} {...form.field("/given")} />
            <TextInput label={t("family")} optional maxLength={200} {...form.field("/family")} />
          </FieldRow>
        )}
        <Identifiers form={form} />
        <FieldRow>
          <TextInput label={t("address")} optional maxLength={500} {...form.field("/address")} />
          <TextInput label={t("region")} optional maxLength={100} {...form.field("/region")} />
        </FieldRow>
        <TextArea
          label={t("otherPhones")}
          hint={t("allergyHint")}
          optional
          rows={2}
          {...form.field("/otherPhones")}
        />
        <FieldRow>
          <TextInput
            label={t("guardianRelation")}
            optional
            maxLength={100}
            {...form.field("/guardianRelation")}
          />
          <TextInput label={t("deceasedOn")} type="date" optional {...form.field("/deceasedOn")} />
        </FieldRow>
      </div>
    </Disclosure>
  );
}

function Identifiers({ form }: { form: Form<PatientValues> }): JSX.Element {
  const { identifiers } = form.values;
  const change = (next: typeof identifiers) =>
    form.change((before) => ({ ...before, identifiers: next }));
  return (
    <>
      {identifiers.map((_, at) => (
        <div class="stack" key={at}>
          <FieldRow>
            <TextInput
              label={t("identifierSystem")}
              maxLength={200}
              {...form.field(`/identifiers/${at}/system`)}
            />
            <TextInput
              label={t("identifierValue")}
              maxLength={100}
              {...form.field(`/identifiers/${at}/value`)}
            />
          </FieldRow>
          <FieldRow>
            <TextInput
              label={t("identifierFrom")}
              type="date"
              optional
              {...form.field(`/identifiers/${at}/from`)}
            />
            <TextInput
              label={t("identifierUntil")}
              type="date"
              optional
              {...form.field(`/identifiers/${at}/until`)}
            />
          </FieldRow>
          <Row>
            <Button small onPress={() => change(identifiers.filter((_one, i) => i !== at))}>
              {t("identifierRemove")}
            </Button>
          </Row>
        </div>
      ))}
      <Row>
        <Button small icon="plus" onPress={() => change([...identifiers, NO_IDENTIFIER])}>
          {t("identifierAdd")}
        </Button>
      </Row>
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
