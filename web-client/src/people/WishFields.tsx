import type { JSX } from "preact";
import { languageName, useCatalogue, valueOf } from "../consult";
import type { Form } from "../form";
import { Card, Checkbox, Choice, FieldRow, IconButton, Row, Select, Stack, TextInput } from "../ui";
import type { WishValues } from "./profile";
import { t } from "./words";

/** How somebody wants to be asked: how much, when, and by what means. */
export function WishFields({ form }: { form: Form<WishValues> }): JSX.Element {
  return (
    <Card title={t("wishes")}>
      <FieldRow>
        <TextInput label={t("weeklyCap")} inputMode="numeric" {...form.field("/weeklyCap")} />
        <TextInput label={t("restHours")} inputMode="numeric" {...form.field("/restHours")} />
      </FieldRow>
      <Checkbox label={t("redCalls")} {...form.field("/redCalls")} />
      <FieldRow>
        <TextInput label={t("quietFrom")} type="time" optional {...form.field("/quietFrom")} />
        <TextInput label={t("quietUntil")} type="time" optional {...form.field("/quietUntil")} />
      </FieldRow>
      <p class="muted small">{t("quietHint")}</p>
      <Choice
        label={t("first")}
        options={[
          { value: "ring", label: t("ring") },
          { value: "app", label: t("app") },
          { value: "mail", label: t("mail") },
        ]}
        {...form.field("/first")}
      />
      <Select
        label={t("gender")}
        hint={t("genderHint")}
        optional
        options={[
          { value: "", label: t("untold") },
          { value: "female", label: t("female") },
          { value: "male", label: t("male") },
          { value: "other", label: t("other") },
        ]}
        {...form.field("/gender")}
      />
    </Card>
  );
}

/** Languages with the level at which they carry a consult. */
export function Languages({ form }: { form: Form<WishValues> }): JSX.Element {
  const catalogue = valueOf(useCatalogue());
  const spoken = form.values.languages.map(({ code }) => code);
  const more = (catalogue?.languages ?? []).filter(({ code }) => !spoken.includes(code));
  return (
    <Card title={t("languages")}>
      {form.values.languages.map(({ code, level }, index) => (
        <Stack gap="small" key={code}>
          <Row>
            <strong>{languageName(code)}</strong>
            {form.values.languages.length > 1 && (
              <IconButton
                icon="close"
                label={`${t("remove")}: ${languageName(code)}`}
                onPress={() =>
                  form.change((values) => ({
                    ...values,
                    languages: values.languages.filter((one) => one.code !== code),
                  }))
                }
              />
            )}
          </Row>
          <Select
            label={t("level")}
            options={[
              { value: "native", label: t("native") },
              { value: "fluent", label: t("fluent") },
              { value: "working", label: t("working") },
              { value: "basic", label: t("basic") },
            ]}
            {...form.field(`/languages/${index}/level`)}
          />
          <Row>
            <Checkbox
              label={t("writes")}
              {...form.field(`/languages/${index}/writes`)}
              onChange={(writes) =>
                form.change((values) => ({
                  ...values,
                  languages: values.languages.map((one, at) =>
                    at === index ? { ...one, writes, writesTold: true } : one,
                  ),
                }))
              }
            />
            {level !== "basic" && (
              <Checkbox
                label={t("interpreterWanted")}
                {...form.field(`/languages/${index}/needsInterpreter`)}
              />
            )}
          </Row>
        </Stack>
      ))}
      {more.length > 0 && (
        <Select
          label={t("addLanguage")}
          optional={form.values.languages.length > 0}
          error={form.field("/languages").error}
          value=""
          options={[
            { value: "", label: "–" },
            ...more.map(({ code }) => ({ value: code, label: languageName(code) })),
          ]}
          onChange={(code) => {
            if (!code) return;
            form.change((values) => ({
              ...values,
              languages: [
                ...values.languages,
                {
                  code,
                  level: "working",
                  writes: false,
                  writesTold: false,
                  needsInterpreter: false,
                },
              ],
            }));
          }}
        />
      )}
    </Card>
  );
}
