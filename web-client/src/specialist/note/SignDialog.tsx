import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../../api/client";
import { t as consultWords } from "../../consult/words";
import { NoteBody, RecommendationBody } from "../../consult/SignedNotes";
import { useForm } from "../../form";
import { Button, Dialog, FormFrame, TextInput } from "../../ui";
import { t } from "./words";

/** Shows the saved revision exactly as it will be signed, and asks for the password. */
export function SignDialog(props: {
  consultId: string;
  draft: Schema<"NoteDraft">;
  onClose: () => void;
  onSigned: () => void;
}): JSX.Element {
  const { consultId, draft } = props;
  const { content } = draft;
  const form = useForm({
    initial: { password: "" },
    validate: ({ password }) =>
      password ? [] : [{ pointer: "/password", detail: t("askPassword") }],
    send: ({ password }, key) =>
      ok(
        api.POST("/consults/{consultId}/notes", {
          params: { path: { consultId } },
          body: { revision: draft.revision, password },
          headers: once(key),
        }),
      ),
    onSent: props.onSigned,
  });
  return (
    <Dialog title={t("signTitle")} onClose={props.onClose}>
      <div class="note-preview">
        <NoteBody content={content} />
        {content.recommendations && content.recommendations.length > 0 && (
          <div>
            <h3>{consultWords("recommendations")}</h3>
            <ol class="recommendations">
              {content.recommendations.map((recommendation, index) => (
                <li key={index}>
                  <RecommendationBody content={recommendation} lang={content.language} />
                </li>
              ))}
            </ol>
          </div>
        )}
        {content.followUpInDays !== undefined && (
          <p>{t("followUpLine", { count: content.followUpInDays })}</p>
        )}
      </div>
      <p class="muted">{t("signLead")}</p>
      <FormFrame
        form={form}
        submit={t("sign")}
        others={<Button onPress={props.onClose}>{t("back")}</Button>}
      >
        <TextInput
          label={t("password")}
          type="password"
          autocomplete="current-password"
          hint={t("passwordHint")}
          {...form.field("/password")}
        />
      </FormFrame>
    </Dialog>
  );
}
