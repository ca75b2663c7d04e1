import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { useSpecialtyName } from "../../consult";
import { comma } from "../../i18n/comma";
import { dayWithTime, ownZone, zoneLabel } from "../../time";
import {
  Button,
  DateTimeInput,
  Dialog,
  FieldRow,
  FormFrame,
  Notice,
  Select,
  toast,
} from "../../ui";
import { checkShift } from "./coverage";
import { t } from "./words";

/** Puts a specialist on call; the times may be typed on either clock and are shown on both. */
export function PlanShift(props: {
  specialists: readonly Schema<"Volunteer">[];
  clinicZone: string;
  onClose: () => void;
  onPlanned: () => void;
}): JSX.Element {
  const [zone, setZone] = useState(props.clinicZone);
  const form = useForm({
    initial: { specialistId: "", start: "", end: "" },
    draft: "on-call-shift",
    validate: (values) =>
      checkShift(values, { who: t("askWho"), when: t("askWhen"), order: t("askOrder") }),
    send: (body, key) => ok(api.POST("/on-call-shifts", { body, headers: once(key) })),
    onSent: (_, { specialistId }) => {
      toast(t("planned", { name: nameOf(props.specialists, specialistId) }));
      props.onPlanned();
    },
  });
  const { specialistId, start, end } = form.values;
  const specialtyName = useSpecialtyName();
  const chosen = props.specialists.find(({ id }) => id === specialistId);
  const zones = [...new Set([props.clinicZone, ownZone(), ...(chosen ? [chosen.zone] : [])])];
  return (
    <Dialog title={t("addTitle")} onClose={props.onClose}>
      <p>{t("addLead")}</p>
      <FormFrame
        form={form}
        submit={t("plan")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Select
          label={t("who")}
          empty={t("choose")}
          options={props.specialists.map(({ id, name, specialties }) => ({
            value: id,
            label: [name, ...specialties.map(({ code, label }) => specialtyName(code, label))].join(
              comma(),
            ),
          }))}
          {...form.field("/specialistId")}
        />
        <Select
          label={t("clockOf")}
          value={zones.includes(zone) ? zone : props.clinicZone}
          onChange={setZone}
          options={zones.map((name) => ({ value: name, label: zoneLabel(name, Date.now()) }))}
        />
        <FieldRow>
          <DateTimeInput label={t("start")} zone={zone} {...form.field("/start")} />
          <DateTimeInput label={t("end")} zone={zone} {...form.field("/end")} />
        </FieldRow>
        {chosen && start && end && (
          <Notice>
            {t("theirs", {
              name: chosen.name,
              from: dayWithTime(start, chosen.zone),
              to: dayWithTime(end, chosen.zone),
            })}
          </Notice>
        )}
      </FormFrame>
    </Dialog>
  );
}

function nameOf(specialists: readonly Schema<"Volunteer">[], id: string): string {
  return specialists.find((one) => one.id === id)?.name ?? "";
}
