import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { Button, Dialog, FormFrame, Notice, TextInput } from "../../ui";
import { t } from "./words";

type Act = Schema<"NoteAct">;

/** Shows the text exactly as the server will sign it, and asks for the password. */
export function SignDialog(props: {
  consultId: string;
  act: Act;
  shown: Schema<"NotePreview">;
  onClose: () => void;
  onSigned: () => void;
}): JSX.Element {
  const { act, shown } = props;
  const form = useForm({
    initial: { password: "" },
    validate: ({ password }) =>
      password ? [] : [{ pointer: "/password", detail: t("askPassword") }],
    send: ({ password }, key) => send(props.consultId, act, shown.sha256, password, key),
    onSent: props.onSigned,
  });
  const words = wordsOf(act.kind);
  return (
    <Dialog title={words.title} onClose={props.onClose}>
      <pre class="note-shown" dir="auto">
        {shown.text}
      </pre>
      {shown.needsCoSignature && <Notice>{t("needsCoSignature")}</Notice>}
      <p class="muted">{words.lead}</p>
      <p class="muted small">
        {t("fingerprint")} <code class="note-hash">{shown.sha256}</code>
      </p>
      <FormFrame
        form={form}
        submit={words.submit}
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

function wordsOf(kind: Act["kind"]): { title: string; lead: string; submit: string } {
  switch (kind) {
    case "note":
      return { title: t("signTitle"), lead: t("signLead"), submit: t("sign") };
    case "addendum":
      return { title: t("signTitle"), lead: t("signAddendumLead"), submit: t("signAddendum") };
    case "correction":
      return { title: t("signTitle"), lead: t("signCorrectionLead"), submit: t("signCorrection") };
    case "retraction":
      return { title: t("retractTitle"), lead: t("retractLead"), submit: t("retractSign") };
  }
}

/** Each act has an operation of its own. */
function send(
  consultId: string,
  act: Act,
  shownSha256: string,
  password: string,
  key: string,
): Promise<unknown> {
  const { draftId = "", revision = 0, amends = "", reasonText } = act;
  const headers = once(key);
  const at = { params: { path: { consultId, noteId: amends } }, headers };
  const signature = { draftId, revision, shownSha256, password };
  switch (act.kind) {
    case "note":
      return ok(
        api.POST("/consults/{consultId}/notes", {
          params: { path: { consultId } },
          body: signature,
          headers,
        }),
      );
    case "addendum":
      return ok(
        api.POST("/consults/{consultId}/notes/{noteId}/addenda", { ...at, body: signature }),
      );
    case "correction":
      return ok(
        api.POST("/consults/{consultId}/notes/{noteId}/corrections", {
          ...at,
          body: { ...signature, reasonText: reasonText ?? "" },
        }),
      );
    case "retraction":
      return ok(
        api.POST("/consults/{consultId}/notes/{noteId}/retraction", {
          ...at,
          body: {
            reason: act.reason ?? "entered-in-error",
            ...(reasonText ? { reasonText } : {}),
            shownSha256,
            password,
          },
        }),
      );
  }
}
