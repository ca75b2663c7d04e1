import type { Schema } from "../../api/client";

type Rota = Schema<"Rota">;
export type Rotation = Schema<"Rotation">;

/** A rota as it is typed. */
export interface RotaValues {
  readonly name: string;
  readonly specialty: string;
  readonly language: string;
  readonly zone: string;
  readonly restHours: string;
  readonly swapNeedsApproval: boolean;
  readonly rotations: readonly Rotation[];
}

export function newRotation(layer: Rotation["layer"], today: string): Rotation {
  return { layer, from: today, handOff: "08:00", everyDays: 7, members: [] };
}

export function valuesOf(rota: Rota | undefined, zone: string, today: string): RotaValues {
  return rota
    ? { ...rota, restHours: String(rota.restHours) }
    : {
        name: "",
        specialty: "",
        language: "",
        zone,
        restHours: "8",
        swapNeedsApproval: false,
        rotations: [newRotation("primary", today)],
      };
}

export function bodyOf(values: RotaValues): Schema<"RotaDraft"> {
  return {
    name: values.name.trim(),
    specialty: values.specialty,
    language: values.language,
    zone: values.zone.trim(),
    restHours: Number(values.restHours),
    swapNeedsApproval: values.swapNeedsApproval,
    rotations: values.rotations.map(({ until, ...rotation }) => ({
      ...rotation,
      ...(until ? { until } : {}),
    })),
  };
}

export interface Asks {
  readonly name: string;
  readonly specialty: string;
  readonly language: string;
  readonly from: string;
  readonly handOff: string;
  readonly rest: string;
}

/** What the page itself can see to be wrong. */
export function checkRota(values: RotaValues, ask: Asks): { pointer: string; detail: string }[] {
  const errors = [];
  if (!values.name.trim()) errors.push({ pointer: "/name", detail: ask.name });
  if (!values.specialty) errors.push({ pointer: "/specialty", detail: ask.specialty });
  if (!values.language) errors.push({ pointer: "/language", detail: ask.language });
  if (!/^\d+$/.test(values.restHours) || Number(values.restHours) > 72) {
    errors.push({ pointer: "/restHours", detail: ask.rest });
  }
  values.rotations.forEach(({ from, handOff }, index) => {
    if (!from) errors.push({ pointer: `/rotations/${index}/from`, detail: ask.from });
    if (!handOff) errors.push({ pointer: `/rotations/${index}/handOff`, detail: ask.handOff });
  });
  return errors;
}

/** One place up; the first stays. */
export function movedUp(members: readonly string[], at: number): string[] {
  const moved = [...members];
  const [member] = moved.splice(at, 1);
  if (member !== undefined) moved.splice(Math.max(0, at - 1), 0, member);
  return moved;
}
