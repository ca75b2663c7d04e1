import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { AllergyBadges, personText } from "../consult";
import { useResource } from "../resource";
import { EmptyState, type ListRow, Load } from "../ui";
import { patientName } from "./patientName";
import { t } from "./words";

type Patient = Schema<"Patient">;

const TYPING_MILLISECONDS = 300;
const SHOWN = 30;

/** Finds patients by part of a name, number or phone while it is typed; draws what is found. */
export function PatientSearch(props: {
  initial?: string;
  onQuery?: (query: string) => void;
  children: (patients: readonly Patient[]) => ComponentChildren;
}): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState(props.initial ?? "");
  const [query, setQuery] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => {
      setQuery(typed.trim());
      props.onQuery?.(typed.trim());
    }, TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useResource(
    () =>
      ok(
        api.GET("/patients", {
          params: { query: { ...(query && { query: query.slice(0, 100) }), limit: SHOWN } },
        }),
      ),
    [query],
    { live: "patient" },
  );
  return (
    <>
      <div class="field">
        <label class="field-label" for={id}>
          {t("search")}
        </label>
        <input
          id={id}
          class="input"
          type="search"
          dir="auto"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Load from={found}>
        {({ items }) =>
          items.length > 0 ? (
            <>
              {query === "" && <p class="muted small">{t("latestPatients")}</p>}
              {props.children(items)}
            </>
          ) : query === "" ? (
            <EmptyState icon="people" title={t("noPatients")}>
              {t("noPatientsLead")}
            </EmptyState>
          ) : (
            <EmptyState icon="search" title={t("noneFound")}>
              {t("noneFoundLead")}
            </EmptyState>
          )
        }
      </Load>
    </>
  );
}

/** A patient as a row of a list. */
export function patientRow(patient: Patient, href?: string): ListRow {
  return {
    key: patient.id,
    ...(href && { href }),
    title: (
      <>
        <bdi>
          {patient.identity.unidentified
            ? patientName(patient)
            : patient.name || patient.identity.native || t("noName")}
        </bdi>
        {patient.name && patient.identity.native && (
          <>
            {" "}
            · <bdi>{patient.identity.native}</bdi>
          </>
        )}
      </>
    ),
    detail: (
      <>
        {personText(patient)} · <bdi>{t("patientNumber", { number: patient.localNumber })}</bdi>
      </>
    ),
    aside: patient.allergies.state === "listed" && <AllergyBadges allergies={patient.allergies} />,
  };
}
