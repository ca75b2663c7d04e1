import { describe, expect, it } from "vitest";
import { Problem } from "../api/problem";
import type { ActOf } from "../offline/acts";
import { failed } from "../resource";
import { unseen } from "../consult/seen";
import {
  answersTo,
  checkGiver,
  isNotTaken,
  waitingFor,
  type Consent,
  giverBody,
  holding,
  NOBODY,
  notUndone,
} from "./state";

const consent = (purpose: Consent["purpose"], decision: Consent["decision"]): Consent => ({
  id: crypto.randomUUID(),
  purpose,
  decision,
  givenBy: "patient",
  form: "spoken",
  language: "sw",
  textVersion: "2026-1",
  recordedBy: { id: "a", name: "Amina" },
  at: "2026-03-02T08:00:00Z",
});

describe("consents", () => {
  it("hold by the newest decision on each purpose", () => {
    const all = [
      consent("advice", "granted"),
      consent("images", "granted"),
      consent("images", "withdrawn"),
    ];
    expect(holding(all, "advice")?.decision).toBe("granted");
    expect(holding(all, "images")?.decision).toBe("withdrawn");
    expect(holding(all, "teaching")).toBeUndefined();
  });

  it("stand as given here while they go out, and not once the server would not take them", () => {
    const going: ActOf<"consent"> = {
      id: "first",
      title: "Pictures",
      actedAt: 0,
      form: { draft: "", values: {}, page: "" },
      doing: {
        kind: "consent",
        consultId: "c",
        seen: 1,
        body: {
          purpose: "images",
          decision: "granted",
          givenBy: "patient",
          form: "spoken",
          language: "sw",
          textVersion: "2026-1",
        },
      },
    };
    const known = [consent("images", "refused")];
    expect(waitingFor([going], "images")?.decision).toBe("granted");
    expect(isNotTaken([going], "images")).toBe(false);
    // How many the server will have is not guessed.
    expect(answersTo(known, [going], "images")).toEqual({ seen: 1, going: { after: "first" } });
    const refused = { ...going, refused: { sentence: "No.", changed: true } };
    expect(waitingFor([refused], "images")).toBeUndefined();
    expect(isNotTaken([refused], "images")).toBe(true);
    expect(isNotTaken([refused], "advice")).toBe(false);
    expect(answersTo(known, [refused], "images")).toEqual({ seen: 1, going: {} });
  });

  it("ask who the guardian is, and send nothing of it for a patient", () => {
    const guardian = { ...NOBODY, givenBy: "guardian", relation: " " } as const;
    expect(checkGiver(NOBODY).map(({ pointer }) => pointer)).toEqual(["/givenBy"]);
    expect(checkGiver(guardian).map(({ pointer }) => pointer)).toEqual(["/relation"]);
    expect(giverBody({ ...guardian, relation: " aunt " })).toEqual({
      givenBy: "guardian",
      form: "spoken",
      relation: "aunt",
    });
    expect(giverBody({ ...guardian, givenBy: "patient", relation: "aunt" })).toEqual({
      givenBy: "patient",
      form: "spoken",
    });
  });

  it("say of a withdrawal only what there is to say", () => {
    const none = { reason: "fear", seenBy: 0, notesSigned: 0, filesRead: 0 };
    expect(notUndone(none)).toEqual([]);
    expect(notUndone({ ...none, seenBy: 1, notRecalled: "Printed." })).toEqual([
      "1 person outside the clinic had been let in",
      "Printed.",
    ]);
  });

  it("leave nothing on the screen once the server closes it", () => {
    const before = { kind: "ready", value: "the case", refreshing: true } as const;
    const closed = new Problem({
      kind: "answered",
      status: 404,
      code: "consent-withdrawn",
      sentence: "Closed.",
    });
    const away = new Problem({ kind: "answered", status: 503, code: "busy", sentence: "Busy." });
    expect(failed(before, closed)).toMatchObject({ kind: "failed", value: undefined });
    expect(failed(before, away)).toMatchObject({ kind: "failed", value: "the case" });
  });
});

describe("read receipts", () => {
  const message = (id: string, author: string, ...seen: string[]) => ({
    id,
    author: { id: author, name: author },
    seenBy: seen.map((person) => ({
      person: { id: person, name: person },
      at: "2026-03-02T08:00:00Z",
    })),
  });

  it("are owed up to the newest message by somebody else that is new to me", () => {
    const thread = [message("1", "ines", "amina"), message("2", "ines"), message("3", "amina")];
    expect(unseen(thread, "amina")).toBe("2");
    expect(unseen(thread.slice(0, 1), "amina")).toBeUndefined();
    expect(unseen([message("3", "amina")], "amina")).toBeUndefined();
  });
});
