import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../api/client";
import { useCatalogue, useMe, valueOf } from "../consult";
import { type Form, useForm } from "../form";
import {
  Actions,
  Button,
  Card,
  Checkbox,
  Field,
  FieldRow,
  FormFrame,
  IconButton,
  Row,
  Select,
  Stack,
  TextInput,
  toast,
} from "../ui";
import {
  AGE_GROUPS,
  applyBody,
  applyErrors,
  applyStart,
  type ApplyValues,
  NO_LICENCE,
} from "./apply";
import type { WishValues } from "./profile";
import { Languages, WishFields } from "./WishFields";
import { t } from "./words";

type Profile = Schema<"VolunteerProfile">;

/** Somebody who is signed in to a network of volunteers applies to it, or applies again. */
export function ApplyForm(props: {
  before?: Profile;
  onApplied: (profile: Profile) => void;
}): JSX.Element {
  const kind = useMe().membership.role === "interpreter" ? "interpreter" : "specialist";
  const form = useForm({
    initial: applyStart(kind, props.before),
    draft: "volunteer-application",
    validate: (values) => applyErrors(values, kind),
    send: (values, key) =>
      ok(
        api.POST("/volunteer-applications", {
          body: applyBody(values, kind),
          headers: once(key),
        }),
      ),
    onSent: (profile) => {
      toast(t("appliedToast"));
      props.onApplied(profile);
    },
  });
  // Its parts change by spreading, so what a profile does not have is kept.
  const wishes = form as unknown as Form<WishValues>;
  return (
    <FormFrame form={form} submit={t("applySend")}>
      <Card title={t("aboutYou")}>
        <TextInput
          label={t("countryOfWork")}
          hint={t("askCountry")}
          maxLength={2}
          {...form.field("/country")}
        />
      </Card>
      {kind === "specialist" && <Specialties form={form} />}
      <Languages form={wishes} />
      {kind === "specialist" && <LicenceRows form={form} />}
      <WishFields form={wishes} />
    </FormFrame>
  );
}

function Specialties({ form }: { form: Form<ApplyValues> }): JSX.Element {
  const all = valueOf(useCatalogue())?.specialties ?? [];
  const { specialties } = form.values;
  const more = all.filter(({ code }) => !specialties.some((one) => one.code === code));
  const set = (next: ApplyValues["specialties"]) =>
    form.change((values) => ({ ...values, specialties: next }));
  return (
    <Card title={t("specialties")}>
      {specialties.map(({ code, ageGroups }, index) => {
        const label = all.find((one) => one.code === code)?.label ?? code;
        const ages = form.field(`/specialties/${index}/ageGroups`);
        return (
          <Stack gap="small" key={code}>
            <Row>
              <strong>{label}</strong>
              <IconButton
                icon="close"
                label={`${t("remove")}: ${label}`}
                onPress={() => set(specialties.filter((one) => one.code !== code))}
              />
            </Row>
            <Field label={t("ages")} group error={ages.error}>
              {() => (
                <Row>
                  {AGE_GROUPS.map((group) => (
                    <Checkbox
                      key={group}
                      label={t(group)}
                      value={ageGroups.includes(group)}
                      onChange={(on) =>
                        ages.onChange(
                          AGE_GROUPS.filter((one) =>
                            one === group ? on : ageGroups.includes(one),
                          ),
                        )
                      }
                    />
                  ))}
                </Row>
              )}
            </Field>
          </Stack>
        );
      })}
      <Select
        {...form.field("/specialties")}
        label={t("addSpecialty")}
        value=""
        empty="–"
        options={more.map(({ code, label }) => ({ value: code, label }))}
        onChange={(code) => {
          const ages = all.find((one) => one.code === code)?.ageGroups ?? [];
          if (code) {
            set([
              ...specialties,
              { code, ageGroups: AGE_GROUPS.filter((group) => ages.includes(group)) },
            ]);
          }
        }}
      />
    </Card>
  );
}

function LicenceRows({ form }: { form: Form<ApplyValues> }): JSX.Element {
  const { licences } = form.values;
  const set = (next: ApplyValues["licences"]) =>
    form.change((values) => ({ ...values, licences: next }));
  return (
    <Card title={t("credentials")}>
      <p class="muted small">{t("credentialsLead")}</p>
      {licences.map((_, index) => (
        <Stack gap="small" key={index}>
          <FieldRow>
            <TextInput
              label={t("country")}
              hint={t("askCountry")}
              maxLength={2}
              {...form.field(`/licences/${index}/country`)}
            />
            <TextInput
              label={t("number")}
              maxLength={60}
              {...form.field(`/licences/${index}/number`)}
            />
          </FieldRow>
          <FieldRow>
            <TextInput
              label={t("firstDay")}
              type="date"
              optional
              {...form.field(`/licences/${index}/validFrom`)}
            />
            <TextInput
              label={t("lastDay")}
              type="date"
              optional
              {...form.field(`/licences/${index}/validUntil`)}
            />
          </FieldRow>
          {licences.length > 1 && (
            <Actions>
              <Button small onPress={() => set(licences.filter((__, at) => at !== index))}>
                {t("removeLicence")}
              </Button>
            </Actions>
          )}
        </Stack>
      ))}
      <Actions>
        <Button small icon="plus" onPress={() => set([...licences, NO_LICENCE])}>
          {t("oneMoreLicence")}
        </Button>
      </Actions>
    </Card>
  );
}
