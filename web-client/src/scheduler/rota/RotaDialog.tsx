import type { JSX } from "preact";
import { api, basedOn, ok, once, type Schema } from "../../api/client";
import { useCatalogue, useMe, useSpecialtyName, valueOf } from "../../consult";
import { type Form, useForm } from "../../form";
import { comma } from "../../i18n/comma";
import { dayKey, ownZone } from "../../time";
import {
  Button,
  Checkbox,
  Dialog,
  FieldRow,
  FormFrame,
  IconButton,
  Select,
  TextInput,
  toast,
} from "../../ui";
import { useSpecialists } from "./ChangeDialog";
import { bodyOf, checkRota, movedUp, newRotation, type RotaValues, valuesOf } from "./draft";
import { t } from "./words";

const TURNS = [1, 2, 3, 4, 7, 14, 28] as const;

/** Makes or changes a rota: its field and language, and who takes turns in which layer. */
export function RotaDialog(props: {
  rota: Schema<"Rota"> | undefined;
  /** What a new one is for, when that is known. */
  wanted?: { readonly specialty: string; readonly language: string } | undefined;
  onClose: () => void;
  onSaved: (rota: Schema<"Rota">) => void;
}): JSX.Element {
  const { rota } = props;
  const zone = useMe().membership.organisation.zone ?? ownZone();
  const catalogue = valueOf(useCatalogue());
  const specialists = useSpecialists();
  const today = dayKey(Date.now(), rota?.zone ?? zone);
  const form = useForm({
    initial: { ...valuesOf(rota, zone, today), ...(rota ? {} : props.wanted) },
    validate: (values) =>
      checkRota(values, {
        name: t("askName"),
        specialty: t("askSpecialty"),
        language: t("askLanguage"),
        from: t("askFrom"),
        handOff: t("askHandOff"),
        rest: t("askRest"),
      }),
    send: (values, key) =>
      rota
        ? ok(
            api.PUT("/rotas/{rotaId}", {
              params: { path: { rotaId: rota.id } },
              body: bodyOf(values),
              headers: { ...once(key), ...basedOn(rota.version) },
            }),
          )
        : ok(api.POST("/rotas", { body: bodyOf(values), headers: once(key) })),
    onSent: (saved) => {
      toast(t("saved"));
      props.onSaved(saved);
    },
  });
  const named = (code: string, label: string) => ({ value: code, label });
  return (
    <Dialog title={t(rota ? "edit" : "add")} onClose={props.onClose}>
      <FormFrame
        form={form}
        submit={t("save")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <TextInput label={t("name")} maxLength={100} {...form.field("/name")} />
        <FieldRow>
          <Select
            label={t("specialty")}
            empty={t("choose")}
            options={(catalogue?.specialties ?? []).map(({ code, label }) => named(code, label))}
            {...form.field("/specialty")}
          />
          <Select
            label={t("language")}
            empty={t("choose")}
            options={(catalogue?.languages ?? []).map(({ code, label }) => named(code, label))}
            {...form.field("/language")}
          />
        </FieldRow>
        <FieldRow>
          <TextInput label={t("zone")} hint={t("zoneHint")} {...form.field("/zone")} />
          <TextInput label={t("restHours")} inputMode="numeric" {...form.field("/restHours")} />
        </FieldRow>
        <Checkbox label={t("approval")} {...form.field("/swapNeedsApproval")} />
        {form.values.rotations.length > 1 && <p class="muted small">{t("overLead")}</p>}
        {form.values.rotations.map((_, index) => (
          <RotationFields key={index} form={form} index={index} specialists={specialists} />
        ))}
        <Button
          small
          icon="plus"
          onPress={() =>
            form.change((values) => ({
              ...values,
              rotations: [
                ...values.rotations,
                newRotation(values.rotations.length === 1 ? "back-up" : "primary", today),
              ],
            }))
          }
        >
          {t("addRotation")}
        </Button>
      </FormFrame>
    </Dialog>
  );
}

function RotationFields(props: {
  form: Form<RotaValues>;
  index: number;
  specialists: readonly Schema<"Volunteer">[];
}): JSX.Element {
  const specialtyName = useSpecialtyName();
  const { form, index, specialists } = props;
  const rotation = form.values.rotations[index];
  const members = rotation?.members ?? [];
  const nameOf = (id: string) => specialists.find((one) => one.id === id)?.name ?? "…";
  const change = (update: Partial<NonNullable<typeof rotation>>) =>
    form.change((values) => ({
      ...values,
      rotations: values.rotations.map((one, at) => (at === index ? { ...one, ...update } : one)),
    }));
  return (
    <fieldset class="stack stack-small">
      <legend class="rota-line">
        <strong>{t("rotation", { number: index + 1 })}</strong>
        {form.values.rotations.length > 1 && (
          <IconButton
            icon="close"
            label={t("removeRotation", { number: index + 1 })}
            onPress={() =>
              form.change((values) => ({
                ...values,
                rotations: values.rotations.filter((_, at) => at !== index),
              }))
            }
          />
        )}
      </legend>
      <FieldRow>
        <Select
          label={t("layer")}
          options={(["primary", "back-up"] as const).map((one) => ({ value: one, label: t(one) }))}
          {...form.field(`/rotations/${index}/layer`)}
        />
        <Select
          label={t("every")}
          value={String(rotation?.everyDays ?? 7)}
          onChange={(days) => change({ everyDays: Number(days) })}
          options={[...new Set([...TURNS, rotation?.everyDays ?? 7])]
            .sort((a, b) => a - b)
            .map((days) => ({ value: String(days), label: t("days", { count: days }) }))}
        />
        <TextInput
          type="time"
          label={t("handOff")}
          {...form.field(`/rotations/${index}/handOff`)}
        />
      </FieldRow>
      <FieldRow>
        <TextInput type="date" label={t("from")} {...form.field(`/rotations/${index}/from`)} />
        <TextInput
          type="date"
          label={t("until")}
          optional
          value={rotation?.until ?? ""}
          onChange={(until) => change({ until })}
        />
      </FieldRow>
      <span class="field-label">{t("members")}</span>
      <ol class="rota-members">
        {members.map((id, at) => (
          <li key={id}>
            <span>{nameOf(id)}</span>
            {at > 0 && (
              <Button
                small
                kind="quiet"
                label={t("earlier", { name: nameOf(id) })}
                onPress={() => change({ members: movedUp(members, at) })}
              >
                ↑
              </Button>
            )}
            <Button
              small
              kind="quiet"
              label={t("removeMember", { name: nameOf(id) })}
              onPress={() => change({ members: members.filter((one) => one !== id) })}
            >
              ✕
            </Button>
          </li>
        ))}
      </ol>
      <Select
        label={t("addMember")}
        value=""
        empty={t("choose")}
        onChange={(id) => id && change({ members: [...members, id] })}
        options={specialists
          .filter(({ id }) => !members.includes(id))
          .map(({ id, name, specialties }) => ({
            value: id,
            label: [name, ...specialties.map(({ code, label }) => specialtyName(code, label))].join(
              comma(),
            ),
          }))}
      />
    </fieldset>
  );
}
