import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { useCatalogue, valueOf } from "../consult";
import type { Form } from "../form";
import { useResource } from "../resource";
import {
  Button,
  Checkbox,
  Choice,
  Disclosure,
  FieldRow,
  Quantity,
  Row,
  Select,
  TextArea,
  TextInput,
} from "../ui";
import { NO_IDENTIFIER, type PatientValues } from "./patient";
import { t } from "./words";

/** Who somebody is, as it is asked when they are registered or corrected. */
export function PatientFields({ form }: { form: Form<PatientValues> }): JSX.Element {
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
