import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { Actions, Button, Dialog, FormFrame, TextInput, toast } from "../../ui";
import type { Subject } from "./draft";
import { RetractDialog } from "./RetractDialog";
import { t } from "./words";

/** What a specialist may do about a signed note: add to it, correct it, take it back, co-sign it. */
export function SignedActs(props: {
  consultId: string;
  note: Schema<"SignedNote">;
  /** The signed-in person's account. */
  me: string;
  onWrite: (subject: Subject) => void;
  onChanged: () => void;
}): JSX.Element | null {
  const { note, consultId } = props;
  const [asked, setAsked] = useState<"retract" | "co-sign">();
  if (note.state !== "stands" || note.kind === "retraction") return null;
  const own = note.author.id === props.me;
  const close = () => setAsked(undefined);
  const done = () => {
    close();
    props.onChanged();
  };
  return (
    <>
      <Actions>
        {own && (
          <>
            <Button small onPress={() => setAsked("retract")}>
              {t("retract")}
            </Button>
            <Button small onPress={() => props.onWrite({ kind: "correction", amends: note.id })}>
              {t("correct")}
            </Button>
          </>
        )}
        {!own && note.coSignature && !note.coSignature.signer && (
          <Button small kind="primary" onPress={() => setAsked("co-sign")}>
            {t("coSign")}
          </Button>
        )}
        <Button
          small
          icon="plus"
          onPress={() => props.onWrite({ kind: "addendum", amends: note.id })}
        >
          {t("addTo")}
        </Button>
      </Actions>
      {asked === "retract" && (
        <RetractDialog
          consultId={consultId}
          note={note}
          onClose={close}
          onDone={() => {
            toast(t("retractedDone"));
            done();
          }}
        />
      )}
      {asked === "co-sign" && (
        <CoSignDialog consultId={consultId} note={note} onClose={close} onDone={done} />
      )}
    </>
  );
}

function CoSignDialog(props: {
  consultId: string;
  note: Schema<"SignedNote">;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const { consultId, note } = props;
  const form = useForm({
    initial: { password: "" },
    validate: ({ password }) =>
      password ? [] : [{ pointer: "/password", detail: t("askPassword") }],
    send: ({ password }, key) =>
      ok(
        api.POST("/consults/{consultId}/notes/{noteId}/co-signature", {
          params: { path: { consultId, noteId: note.id } },
          body: { sha256: note.sha256, password },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("coSigned"));
      props.onDone();
    },
  });
  return (
    <Dialog title={t("coSignTitle", { name: note.author.name })} onClose={props.onClose}>
      <p>{t("coSignLead")}</p>
      <FormFrame
        form={form}
        submit={t("coSign")}
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
