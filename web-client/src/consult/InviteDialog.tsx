import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import {
  Button,
  Choice,
  CopyButton,
  Dialog,
  FormFrame,
  LinkToCopy,
  Notice,
  Select,
  TextInput,
} from "../ui";
import { useCatalogue, valueOf } from "./reference";
import { t } from "./words";

type GuestLink = Schema<"GuestLink">;
type GuestRole = "patient" | "guardian" | "interpreter";

/** Makes a link for somebody without an account, and shows it this once. */
export function InviteDialog(props: {
  consultId: string;
  onInvited: () => void;
  onClose: () => void;
}): JSX.Element {
  const [made, setMade] = useState<GuestLink>();
  if (made) return <MadeLink link={made} onClose={props.onClose} />;
  return (
    <Dialog title={t("inviteTitle")} onClose={props.onClose}>
      <p class="muted">{t("inviteLead")}</p>
      <InviteForm
        consultId={props.consultId}
        onInvited={(link) => {
          setMade(link);
          props.onInvited();
        }}
      />
    </Dialog>
  );
}

function InviteForm(props: {
  consultId: string;
  onInvited: (link: GuestLink) => void;
}): JSX.Element {
  const languages = valueOf(useCatalogue())?.languages ?? [];
  const form = useForm({
    initial: { name: "", role: "" as GuestRole | "", language: "" },
    draft: `invitation ${props.consultId}`,
    validate: ({ name, role }) => [
      ...(name.trim() ? [] : [{ pointer: "/name", detail: t("guestNameNeeded") }]),
      ...(role ? [] : [{ pointer: "/role", detail: t("guestRoleNeeded") }]),
    ],
    send: ({ name, role, language }, key) =>
      ok(
        api.POST("/consults/{consultId}/call/guest-links", {
          params: { path: { consultId: props.consultId } },
          body: { name: name.trim(), role: role as GuestRole, ...(language && { language }) },
          headers: once(key),
        }),
      ),
    onSent: props.onInvited,
  });
  return (
    <FormFrame form={form} submit={t("makeLink")}>
      <Choice
        label={t("guestRole")}
        options={[
          { value: "patient", label: t("rolePatient") },
          { value: "guardian", label: t("roleGuardian") },
          { value: "interpreter", label: t("roleInterpreter") },
        ]}
        {...form.field("/role")}
      />
      <TextInput label={t("guestName")} maxLength={80} {...form.field("/name")} />
      <Select
        label={t("guestLanguage")}
        optional
        empty={t("choose")}
        options={languages.map(({ code, label }) => ({ value: code, label }))}
        {...form.field("/language")}
      />
    </FormFrame>
  );
}

function MadeLink({ link, onClose }: { link: GuestLink; onClose: () => void }): JSX.Element {
  const url = link.url ?? "";
  return (
    <Dialog
      title={t("linkReady", { name: link.name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("finish")}</Button>
          <CopyButton url={url} />
        </>
      }
    >
      <Notice tone="warning">{t("linkOnce")}</Notice>
      <LinkToCopy label={t("link")} url={url} />
    </Dialog>
  );
}
