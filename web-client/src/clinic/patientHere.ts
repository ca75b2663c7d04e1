import type { Schema } from "../api/client";
import { keepCopy } from "../offline/copies";
import type { Vault } from "../offline/vault";

type Patient = Schema<"Patient">;
type Particulars = Schema<"PatientParticulars">;
type Age = Schema<"Age">;

const DAY = 24 * 60 * 60 * 1000;

/**
 * A patient whose registration waits on this device, as the pages show one; the server's own words
 * take its place when it has them.
 */
export async function patientHere(
  id: string,
  particulars: Particulars,
  site: Schema<"SiteRef"> | undefined,
  vault: Vault,
): Promise<Patient> {
  const now = Date.now();
  const { age, birthDate, identity = {}, siteId, ...rest } = particulars;
  const patient: Patient = {
    ...rest,
    id,
    identity,
    age: age ?? ageAt(birthDate?.date ?? "", now),
    birthDate: birthDate ?? { date: bornAt(age, now), precision: "estimated" },
    ...(site && site.id === siteId && { site }),
    registeredAt: new Date(now).toISOString(),
    version: 0,
  };
  await keepCopy(`/patients/${id}`, patient, vault);
  return patient;
}

/** As coarse as a clinic says it: days in the first month, months in the first two years. */
export function ageAt(born: string, now: number): Age {
  const days = Math.max(0, Math.floor((now - Date.parse(`${born}T00:00:00Z`)) / DAY));
  if (days < 31) return { value: days, unit: "days" };
  if (days < 730) return { value: Math.floor(days / 30.44), unit: "months" };
  return { value: Math.floor(days / 365.25), unit: "years" };
}

function bornAt(age: Age | undefined, now: number): string {
  const days = { days: 1, weeks: 7, months: 30.44, years: 365.25 };
  const lived = age ? age.value * days[age.unit] : 0;
  return new Date(now - lived * DAY).toISOString().slice(0, 10);
}
