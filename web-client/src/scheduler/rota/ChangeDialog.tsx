import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { useResource } from "../../resource";
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
import { checkShift, dayWithTime } from "../roster/coverage";
import type { Change } from "./timeline";
import { t } from "./words";

/** Puts somebody in a time of the plan: the same as dragging, by keyboard, and more. */
export function ChangeDialog(props: {
  rota: Schema<"Rota">;
  change: Change;
  onClose: () => void;
  onChanged: () => void;
}): JSX.Element {
  const { rota, change } = props;
  const specialists = useSpecialists();
  const form = useForm({
    initial: { specialistId: change.specialistId, start: change.start, end: change.end },
    validate: (values) =>
      checkShift(values, { who: t("askWho"), when: t("askWhen"), order: t("askOrder") }),
    send: (values, key) =>
      ok(
        api.POST("/rotas/{rotaId}/overrides", {
          params: { path: { rotaId: rota.id } },
          body: { ...values, layer: change.layer },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("changed"));
      props.onChanged();
    },
  });
  const { specialistId, start, end } = form.values;
  const people = specialists.length > 0 ? specialists : rota.people;
  const chosen = people.find(({ id }) => id === specialistId);
  return (
    <Dialog title={t("change")} onClose={props.onClose}>
      <p>{t("changeLead")}</p>
      <FormFrame
        form={form}
        submit={t("save")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Select
          label={t("who")}
          empty={t("choose")}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.field("/specialistId")}
        />
        <FieldRow>
          <DateTimeInput label={t("start")} zone={rota.zone} {...form.field("/start")} />
          <DateTimeInput label={t("end")} zone={rota.zone} {...form.field("/end")} />
        </FieldRow>
        {chosen && start && end && chosen.zone !== rota.zone && (
          <Notice>
            {t("there", {
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

/** Everybody who can be put on call, by name. */
export function useSpecialists(): readonly Schema<"Volunteer">[] {
  const { state } = useResource(
    () => ok(api.GET("/volunteers", { params: { query: { kind: "specialist" } } })),
    [],
  );
  return state.kind === "ready" ? state.value.items : [];
}
