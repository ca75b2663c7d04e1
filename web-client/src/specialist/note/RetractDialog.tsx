import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { Button, Choice, Dialog, FormFrame, TextArea } from "../../ui";
import { SignDialog } from "./SignDialog";
import { t } from "./words";

type Act = Schema<"NoteAct">;
type Reason = Schema<"RetractionReason">;

/** Taking a signed note back: why, then exactly what is signed. */
export function RetractDialog(props: {
  consultId: string;
  note: Schema<"SignedNote">;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const { consultId } = props;
  const [preview, setPreview] = useState<{ act: Act; shown: Schema<"NotePreview"> }>();
  const form = useForm({
    initial: { reason: "" as Reason | "", reasonText: "" },
    draft: `retraction ${props.note.id}`,
    validate: ({ reason }) => (reason ? [] : [{ pointer: "/reason", detail: t("askWhy") }]),
    send: async ({ reason, reasonText }) => {
      const act: Act = {
        kind: "retraction",
        amends: props.note.id,
        reason: reason || "entered-in-error",
        ...(reasonText.trim() ? { reasonText: reasonText.trim() } : {}),
      };
      const shown = await ok(
        api.POST("/consults/{consultId}/notes/preview", {
          params: { path: { consultId } },
          body: act,
        }),
      );
      return { act, shown };
    },
    onSent: setPreview,
  });
  if (preview) {
    return (
      <SignDialog
        consultId={consultId}
        act={preview.act}
        shown={preview.shown}
        onClose={props.onClose}
        onSigned={props.onDone}
      />
    );
  }
  return (
    <Dialog title={t("retractTitle")} onClose={props.onClose}>
      <p>{t("retractLead")}</p>
      <FormFrame
        form={form}
        submit={t("preview")}
        others={<Button onPress={props.onClose}>{t("keepNote")}</Button>}
      >
        <Choice
          label={t("why")}
          options={[
            { value: "wrong-patient", label: t("wrongPatient") },
            { value: "entered-in-error", label: t("enteredInError") },
          ]}
          {...form.field("/reason")}
        />
        <TextArea
          label={t("reasonMore")}
          optional
          rows={2}
          maxLength={1000}
          {...form.field("/reasonText")}
        />
      </FormFrame>
    </Dialog>
  );
}
