import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { useWithdrawal } from "../../consult";
import { Button, Dialog, FormFrame, TextArea, toast } from "../../ui";
import { t } from "../words";

/** Ends a consult without an answer; says why to those who waited for one. */
export function WithdrawDialog(props: {
  consultId: string;
  onClose: () => void;
  onWithdrawn: (consult: Schema<"Consult">) => void;
}): JSX.Element {
  const form = useWithdrawal({
    consultId: props.consultId,
    reasonNeeded: t("askTakeBack"),
    onWithdrawn: (consult) => {
      toast(t("takenBack"));
      props.onWithdrawn(consult);
    },
  });
  return (
    <Dialog title={t("takeBackTitle")} onClose={props.onClose}>
      <p>{t("takeBackLead")}</p>
      <FormFrame
        form={form}
        submit={t("takeBack")}
        danger
        others={<Button onPress={props.onClose}>{t("keep")}</Button>}
      >
        <TextArea
          label={t("takeBackReason")}
          hint={t("takeBackReasonHint")}
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
      </FormFrame>
    </Dialog>
  );
}
