import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../../api/client";
import { useCatalogue, valueOf } from "../../consult";
import { useForm } from "../../form";
import { useResource } from "../../resource";
import { Button, Choice, Dialog, FormFrame, Select, TextArea, toast } from "../../ui";
import { t } from "../words";

type Reason = Schema<"RefusalReason">;

const REASONS: readonly Reason[] = ["busy", "not-my-field", "on-leave", "conflict", "unclear"];

/** Asks why, so that the coordinator learns something and the next offer fits better. */
export function RefuseDialog(props: {
  offer: Schema<"Offer">;
  onClose: () => void;
  onRefused: () => void;
}): JSX.Element {
  const reasonName = useReasonName();
  const colleagues = useColleagues(props.offer);
  const form = useForm({
    initial: { reason: "" as Reason | "", comment: "", colleagueId: "" },
    draft: `refusal ${props.offer.id}`,
    validate: ({ reason }) => (reason ? [] : [{ pointer: "/reason", detail: t("askReason") }]),
    send: ({ reason, comment, colleagueId }, key) =>
      ok(
        api.POST("/offers/{offerId}/refusal", {
          params: { path: { offerId: props.offer.id } },
          body: {
            reason: reason as Reason,
            ...(comment.trim() ? { comment: comment.trim() } : {}),
            ...(colleagueId ? { colleagueId } : {}),
          },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("refused"));
      props.onRefused();
    },
  });
  return (
    <Dialog title={t("refuseTitle")} onClose={props.onClose}>
      <p>{t("refuseLead")}</p>
      <FormFrame
        form={form}
        submit={t("refuseSend")}
        others={<Button onPress={props.onClose}>{t("refuseBack")}</Button>}
      >
        <Choice
          label={t("reason")}
          options={REASONS.map((reason) => ({ value: reason, label: reasonName(reason) }))}
          {...form.field("/reason")}
        />
        <Select
          label={t("colleague")}
          hint={t("colleagueHint")}
          optional
          options={[
            { value: "", label: t("colleagueNone") },
            ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.field("/colleagueId")}
        />
        <TextArea
          label={t("comment")}
          optional
          rows={2}
          maxLength={500}
          {...form.field("/comment")}
        />
      </FormFrame>
    </Dialog>
  );
}

/** Who else could be asked: the active specialists, those of the same field first. */
function useColleagues(offer: Schema<"Offer">): Schema<"Volunteer">[] {
  const volunteers = useResource(
    () => ok(api.GET("/volunteers", { params: { query: { kind: "specialist" } } })),
    [],
  );
  const isOfField = ({ specialties }: Schema<"Volunteer">) =>
    specialties.some(({ code }) => code === offer.about.specialty);
  return (valueOf(volunteers)?.items ?? [])
    .filter(({ id, status }) => id !== offer.specialist.id && status === "active")
    .sort((a, b) => Number(isOfField(b)) - Number(isOfField(a)) || a.name.localeCompare(b.name));
}

/** A reason as the catalogue words it; in our own words while that is away. */
export function useReasonName(): (reason: Reason) => string {
  const known = valueOf(useCatalogue())?.refusalReasons ?? [];
  return (reason) => known.find(({ code }) => code === reason)?.label ?? t(reason);
}
