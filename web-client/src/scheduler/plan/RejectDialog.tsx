import type { JSX } from "preact";
import { api, ok, once } from "../../api/client";
import { useForm } from "../../form";
import { Button, Dialog, FormFrame, TextArea } from "../../ui";
import { t } from "./words";

/** Asks why a proposal is not followed: the next planner reads it. */
export function RejectDialog(props: {
  planId: string;
  onClose: () => void;
  onRejected: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { reason: "" },
    draft: `plan-rejection ${props.planId}`,
    validate: ({ reason }) =>
      reason.trim() ? [] : [{ pointer: "/reason", detail: t("askReason") }],
    send: ({ reason }, key) =>
      ok(
        api.POST("/plans/{planId}/rejection", {
          params: { path: { planId: props.planId } },
          body: { reason: reason.trim() },
          headers: once(key),
        }),
      ),
    onSent: props.onRejected,
  });
  return (
    <Dialog title={t("rejectTitle")} onClose={props.onClose}>
      <FormFrame
        form={form}
        submit={t("reject")}
        others={<Button onPress={props.onClose}>{t("back")}</Button>}
      >
        <TextArea
          label={t("rejectReason")}
          hint={t("rejectHint")}
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
      </FormFrame>
    </Dialog>
  );
}
