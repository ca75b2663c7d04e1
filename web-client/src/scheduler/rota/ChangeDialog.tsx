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
import { checkShift } from "../roster/coverage";
import { whereTheyAre } from "./ShiftBar";
import { LAYERS, type Layer } from "./timeline";
import { t } from "./words";

/** What is changed: a shift, or a time in which the plan has to get somebody. */
export interface Change {
  readonly shiftId?: string;
  readonly layer: Layer;
  readonly start: string;
  readonly end: string;
  readonly specialistId: string;
}

/** Says who and when: the same as dragging a shift, for whoever rather types. */
export function ChangeDialog(props: {
  rota: Schema<"Rota">;
  change: Change;
  onClose: () => void;
  onChanged: (made: readonly string[]) => void;
}): JSX.Element {
  const { rota, change } = props;
  const people = useAble(rota);
  const form = useForm({
    initial: change,
    validate: (values) =>
      checkShift(values, { who: t("askWho"), when: t("askWhen"), order: t("askOrder") }),
    send: ({ shiftId, layer, ...where }, key) =>
      shiftId === undefined
        ? ok(
            api.POST("/rotas/{rotaId}/overrides", {
              params: { path: { rotaId: rota.id } },
              body: { ...where, layer },
              headers: once(key),
            }),
          ).then(() => [])
        : ok(
            api.POST("/rotas/{rotaId}/shifts/{shiftId}/move", {
              params: { path: { rotaId: rota.id, shiftId } },
              body: where,
              headers: once(key),
            }),
          ).then(({ overrideIds }) => overrideIds),
    onSent: (made) => {
      toast(t("changed"));
      props.onChanged(made);
    },
  });
  const { specialistId, start, end } = form.values;
  const chosen = people.find(({ id }) => id === specialistId);
  return (
    <Dialog title={t("change")} onClose={props.onClose}>
      <p>{t(change.shiftId === undefined ? "fillLead" : "changeLead")}</p>
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
        {change.shiftId === undefined && (
          <Select
            label={t("layer")}
            options={LAYERS.map((one) => ({ value: one, label: t(one) }))}
            {...form.field("/layer")}
          />
        )}
        <FieldRow>
          <DateTimeInput label={t("start")} zone={rota.zone} {...form.field("/start")} />
          <DateTimeInput label={t("end")} zone={rota.zone} {...form.field("/end")} />
        </FieldRow>
        {chosen && start && end && chosen.zone !== rota.zone && (
          <Notice>{whereTheyAre({ start, end }, chosen)}</Notice>
        )}
      </FormFrame>
    </Dialog>
  );
}

/** The rota's members, then all others of its field. */
function useAble(rota: Schema<"Rota">): readonly Schema<"RotaPerson">[] {
  const others = useSpecialists().filter(
    ({ id, specialties }) =>
      rota.people.every((member) => member.id !== id) &&
      specialties.some(({ code }) => code === rota.specialty),
  );
  return [...rota.people, ...others];
}

/** Everybody who can be put on call, by name. */
export function useSpecialists(): readonly Schema<"Volunteer">[] {
  const { state } = useResource(
    () => ok(api.GET("/volunteers", { params: { query: { kind: "specialist" } } })),
    [],
  );
  return state.kind === "ready" ? state.value.items : [];
}
