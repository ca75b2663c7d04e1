import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { t as app } from "../../app/words";
import { languageName } from "../../consult";
import type { Loaded } from "../../resource";
import { Card, Choice, Load, Notice, Stack, TextArea, TextInput } from "../../ui";
import { t } from "../words";
import type { Editor } from "./editor";
import { consentTitle } from "./steps";

type Text = Schema<"ConsentText">;

/** Ends the version of a text that no native speaker has read yet; it is kept with the consent. */
const UNREVIEWED = "-unreviewed";

/** The texts that are read aloud, and what was answered by whom. */
export function ConsentStep(props: {
  editor: Editor;
  texts: Loaded<{ items: Text[] }>;
}): JSX.Element {
  const { editor } = props;
  const { bind, values } = editor;
  const waived = values.givenBy === "emergency-waiver";
  return (
    <Stack>
      <p>{t("consentLead")}</p>
      <Choice
        label={t("givenBy")}
        layout="list"
        options={[
          { value: "patient", label: t("byPatient") },
          { value: "guardian", label: t("byGuardian") },
          { value: "emergency-waiver", label: t("byWaiver") },
        ]}
        {...bind("/givenBy")}
      />
      {values.givenBy === "guardian" && (
        <TextInput
          label={t("relation")}
          hint={t("relationHint")}
          maxLength={100}
          {...bind("/relation")}
        />
      )}
      {waived && (
        <TextArea label={t("waiverReason")} rows={2} maxLength={500} {...bind("/waiverReason")} />
      )}
      {!waived && (
        <>
          {editor.error("/textVersion") && (
            <Notice tone="error">{editor.error("/textVersion")}</Notice>
          )}
          <Load from={props.texts}>
            {({ items }) => (
              <Stack>
                {items[0] && (
                  <p class="muted small">
                    {t("consentLanguage", { language: languageName(items[0].language) })}
                    {items[0].version.endsWith(UNREVIEWED) && ` ${app("languageAwaits")}`}
                  </p>
                )}
                {items.map((text) => (
                  <Purpose key={text.purpose} text={text} editor={editor} />
                ))}
              </Stack>
            )}
          </Load>
          <Choice
            label={t("consentForm")}
            options={[
              { value: "spoken", label: t("spoken") },
              { value: "thumb", label: t("thumb") },
              { value: "signature", label: t("signature") },
            ]}
            {...bind("/consentForm")}
          />
          <TextInput label={t("witness")} optional maxLength={200} {...bind("/witness")} />
        </>
      )}
    </Stack>
  );
}

function Purpose({ text, editor }: { text: Text; editor: Editor }): JSX.Element {
  const binding = editor.bind(`/consents/${text.purpose}`);
  return (
    <Card title={consentTitle(text.purpose)}>
      <p class="prose consent-text" lang={text.language} dir="auto">
        {text.body}
      </p>
      <Choice
        label={consentTitle(text.purpose)}
        optional={!text.required}
        options={[
          { value: "granted", label: t("granted") },
          { value: "refused", label: t("refused") },
        ]}
        {...binding}
        value={editor.values.consents[text.purpose] ?? ("" as never)}
      />
    </Card>
  );
}
