import type { Schema } from "../../api/client";

export type Program = Schema<"Program">;
export type Rights = "everything" | "patients" | "own";
export type Months = "3" | "12" | "24";

/** The scopes that a choice stands for. */
export function scopesOf(rights: Rights, typed: string): string[] {
  switch (rights) {
    case "everything":
      return ["system/*.rs"];
    case "patients":
      return ["system/Patient.rs"];
    case "own":
      return typed.split(/[\s,]+/).filter((scope) => scope !== "");
  }
}

/** The moment so many months from now; two years end a day early, within what the server allows. */
export function endOf(months: Months, now: Date): string {
  const end = new Date(now);
  end.setUTCMonth(end.getUTCMonth() + Number(months));
  end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString();
}

/** The key as the server takes it, or undefined when the text is none. */
export function keyIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export function standing(program: Program, now: number): "active" | "revoked" | "expired" {
  if (program.revokedAt) return "revoked";
  return Date.parse(program.expiresAt) <= now ? "expired" : "active";
}
