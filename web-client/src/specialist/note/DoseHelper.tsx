import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { type Loaded, useResource } from "../../resource";
import { Button, Disclosure, TextInput } from "../../ui";
import { dayOf, doseOf, drugIn, numberIn, volumeOf } from "./dose";
import type { RecommendationRow, Unit } from "./note";
import { t } from "./words";

type Drug = Schema<"Formulary">["drugs"][number];

/** The drugs that doses are checked against; kept by the browser for the whole visit. */
export function useFormulary(): Loaded<Schema<"Formulary">> {
  return useResource(() => ok(api.GET("/formulary")), []);
}

/**
 * From so much per kilogram to an amount that can be given: every step of the reckoning is shown,
 * with what the formulary says. The checks of the advice judge what comes of it.
 */
export function DoseHelper(props: {
  row: RecommendationRow;
  /** As the case form has it. */
  weightKg: number | undefined;
  formulary: Schema<"Formulary"> | undefined;
  text: (name: "perKg" | "weightKg") => {
    name: string;
    value: string;
    error: string | undefined;
    onChange: (value: string) => void;
  };
  onChange: (part: Partial<RecommendationRow>) => void;
}): JSX.Element {
  const { row, weightKg, text } = props;
  const drug = props.formulary && drugIn(props.formulary.drugs, row.drug);
  const dose = doseOf(row.perKg, row.weightKg);
  const measured = weightKg === undefined ? "" : String(weightKg);
  const reckonWith = (perKg: string, unit = row.unit) =>
    props.onChange({ perKg, unit, ...(row.weightKg || !measured ? {} : { weightKg: measured }) });
  return (
    <div class="dose-helper">
      {drug && (
        <InFormulary drug={drug} onTake={(perKg) => reckonWith(String(perKg), drug.unit as Unit)} />
      )}
      <TextInput
        label={t("perKg", { unit: row.unit })}
        optional
        inputMode="decimal"
        maxLength={12}
        {...text("perKg")}
        onChange={(perKg) => reckonWith(perKg)}
      />
      <TextInput
        label={t("weightKg")}
        optional
        inputMode="decimal"
        maxLength={7}
        placeholder={measured}
        {...text("weightKg")}
      />
      {dose && (
        <p class="dose-result" role="status">
          <bdi>
            {`${numberIn(row.perKg)} ${row.unit}/kg × ${numberIn(row.weightKg)} kg = ${dose.exact} ${row.unit}`}
          </bdi>
          {dose.percent !== 0 && (
            <>
              {" → "}
              <bdi>{`${dose.rounded} ${row.unit}`}</bdi>{" "}
              <span class="muted">
                {t("rounding", {
                  percent: `${dose.percent > 0 ? "+" : "−"}${Math.abs(dose.percent)}`,
                })}
              </span>
            </>
          )}{" "}
          <Button small onPress={() => props.onChange({ amount: String(dose.rounded) })}>
            {t("useDose", { dose: `${dose.rounded} ${row.unit}` })}
          </Button>
        </p>
      )}
      <InADay row={row} drug={drug} />
      {row.amount && <Liquid row={row} onChange={props.onChange} />}
    </div>
  );
}

function InFormulary(props: { drug: Drug; onTake: (perKg: number) => void }): JSX.Element | null {
  const { name, unit, perKg, singleMax, dailyMax } = props.drug;
  const says = [
    ...(perKg === undefined ? [] : [t("formularyPerKg", { dose: `${perKg} ${unit}` })]),
    ...(singleMax === undefined ? [] : [t("formularySingle", { dose: `${singleMax} ${unit}` })]),
    ...(dailyMax === undefined ? [] : [t("formularyDaily", { dose: `${dailyMax} ${unit}` })]),
  ];
  if (says.length === 0) return null;
  return (
    <p class="dose-result small">
      <bdi>{t("formulary", { drug: name, says: says.join("; ") })}</bdi>{" "}
      {perKg !== undefined && (
        <Button small onPress={() => props.onTake(perKg)}>
          {t("reckonWith", { dose: `${perKg} ${unit}/kg` })}
        </Button>
      )}
    </p>
  );
}

/** What the doses of a day come to, against the most that is named here or in the formulary. */
function InADay(props: { row: RecommendationRow; drug: Drug | undefined }): JSX.Element | null {
  const { row, drug } = props;
  const day = dayOf(row);
  if (!day) return null;
  const most = drug?.unit === row.unit ? drug.dailyMax : undefined;
  return (
    <p class="dose-result small">
      <bdi>
        {`${row.timesPerDay.trim()} × ${numberIn(row.amount)} ${row.unit} = ${day.total} ${row.unit}`}
      </bdi>{" "}
      {t("aDay")}
      {day.perKg !== undefined && <bdi>{` (${day.perKg} ${row.unit}/kg)`}</bdi>}
      {most !== undefined && day.total > most && (
        <strong> {t("aboveDaily", { dose: `${most} ${row.unit}` })}</strong>
      )}
    </p>
  );
}

/** How much of a liquid that is; kept in the words of the dose. */
function Liquid(props: {
  row: RecommendationRow;
  onChange: (part: Partial<RecommendationRow>) => void;
}): JSX.Element {
  const { row } = props;
  const [amount, setAmount] = useState("");
  const [millilitres, setMillilitres] = useState("5");
  const volume = volumeOf(row.amount, amount, millilitres);
  const strength = `${amount.trim()} ${row.unit}/${millilitres.trim()} mL`;
  return (
    <Disclosure summary={t("liquid")}>
      <div class="note-drug">
        <TextInput
          label={t("liquidAmount", { unit: row.unit })}
          optional
          inputMode="decimal"
          maxLength={12}
          value={amount}
          onChange={setAmount}
        />
        <TextInput
          label={t("liquidIn")}
          optional
          inputMode="decimal"
          maxLength={7}
          value={millilitres}
          onChange={setMillilitres}
        />
      </div>
      {volume !== undefined && (
        <p class="dose-result" role="status">
          <bdi>{`${row.amount.trim()} ${row.unit} = ${volume} mL`}</bdi>{" "}
          <Button small onPress={() => props.onChange({ dose: `${volume} mL (${strength})` })}>
            {t("useDose", { dose: `${volume} mL` })}
          </Button>
        </p>
      )}
    </Disclosure>
  );
}
