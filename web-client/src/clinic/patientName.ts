import type { Schema } from "../api/client";
import { personText } from "../consult";
import { t } from "./words";

/** A patient's name, or what stands for it. */
export function patientName(patient: Schema<"Patient">): string {
  if (patient.identity.unidentified) {
    return t("unidentifiedPerson", { person: personText(patient) });
  }
  return (
    patient.name || patient.identity.native || t("patientNumber", { number: patient.localNumber })
  );
}
