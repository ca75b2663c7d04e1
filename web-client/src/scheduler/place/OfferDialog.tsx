import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../../api/client";
import { urgencyName, useCatalogue, valueOf } from "../../consult";
import { useForm } from "../../form";
import { dayAndTime, span, useNow } from "../../time";
import { Button, Checkbox, Dialog, FormFrame, Notice, Select, toast } from "../../ui";
import { t } from "../words";
import { clockThere, dutySentence } from "./candidates";
import { t as ladderWord } from "./ladderWords";

const CHOICES = [10, 30, 60, 120, 240, 720, 1440] as const;

/** Says how long the offer will wait, in words and as a time, before it is sent. */
export function OfferDialog(props: {
  candidate: Schema<"Candidate">;
  summary: Schema<"ConsultSummary">;
  onClose: () => void;
  onOffered: () => void;
}): JSX.Element {
  const { candidate, summary } = props;
  const { name, id } = candidate.specialist;
  const now = useNow();
  const urgencies = valueOf(useCatalogue())?.urgencies;
  const ladder = urgencies?.find(({ code }) => code === summary.urgencyNow)?.offerMinutes;
  const form = useForm({
    initial: { specialistId: id, expiresInMinutes: "", onlyThem: false },
    send: async ({ specialistId, expiresInMinutes, onlyThem }, key) => {
      const request = {
        params: { path: { consultId: summary.id } },
        headers: once(key),
      };
      if (onlyThem) {
        const waits = (Number(expiresInMinutes) || (ladder ?? 60)) * 60_000;
        const until = new Date(Date.now() + waits).toISOString();
        await ok(
          api.POST("/consults/{consultId}/pin", { ...request, body: { specialistId, until } }),
        );
        return;
      }
      await ok(
        api.POST("/consults/{consultId}/offers", {
          ...request,
          body: {
            specialistId,
            ...(expiresInMinutes ? { expiresInMinutes: Number(expiresInMinutes) } : {}),
          },
        }),
      );
    },
    onSent: () => {
      toast(t("sent", { name }));
      props.onOffered();
    },
  });
  const minutes = Number(form.values.expiresInMinutes) || ladder;
  return (
    <Dialog title={t("offerTitle", { name })} onClose={props.onClose}>
      <p>
        {t("offerThere", { time: clockThere(candidate, now) })} {dutySentence(candidate, now)}.
      </p>
      <FormFrame
        form={form}
        submit={t("offer")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Select
          label={t("expiresAfter")}
          options={[
            {
              value: "",
              label: t("byLadder", {
                urgency: urgencyName(summary.urgencyNow),
                span: ladder === undefined ? "…" : span(ladder * 60_000),
              }),
            },
            ...CHOICES.map((choice) => ({
              value: String(choice),
              label: span(choice * 60_000),
            })),
          ]}
          {...form.field("/expiresInMinutes")}
        />
        <Checkbox
          label={ladderWord("onlyThem")}
          hint={ladderWord("onlyThemHint")}
          {...form.field("/onlyThem")}
        />
        {minutes !== undefined && (
          <Notice>
            {t("offerExpires", { time: dayAndTime(now + minutes * 60_000, undefined, now) })}
          </Notice>
        )}
      </FormFrame>
    </Dialog>
  );
}
