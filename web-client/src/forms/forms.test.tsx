import { readFileSync } from "node:fs";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AnswersView } from "./AnswersView";
import { FormFields } from "./FormFields";
import { canonicalOf, type Questionnaire } from "./questionnaire";
import { fill, typedOf, type TypedForm } from "./typed";

const shipped = (name: string) =>
  JSON.parse(
    readFileSync(`../records/src/main/resources/catalogue/forms/${name}-2026-1.json`, "utf8"),
  ) as Questionnaire;
const EYE = shipped("eye");
const ABOUT = { ageDays: 12_000, now: Date.parse("2026-03-02T09:00:00Z") };

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

/** The form on a page that keeps what is typed. */
function show(form: Questionnaire, start: TypedForm = {}): { typed: TypedForm } {
  const kept = { typed: start };
  const draw = () =>
    render(
      <FormFields
        form={form}
        typed={kept.typed}
        filling={fill(form, kept.typed, ABOUT)}
        language="en"
        tried
        onChange={(change) => {
          kept.typed = { ...kept.typed, ...change };
          draw();
        }}
      />,
      root,
    );
  draw();
  return kept;
}

const group = (legend: string) =>
  [...root.querySelectorAll("fieldset")].find(
    (one) => one.querySelector("legend")?.textContent === legend,
  );

describe("a form on the page", () => {
  it("asks each danger sign for yes or no, and takes “all others no” in one tap", async () => {
    const kept = show(EYE);
    expect(group("Chemical in the eye today")?.textContent).toContain("Answer yes or no.");
    group("Chemical in the eye today")?.querySelector("input")?.click();
    await vi.waitFor(() => expect(kept.typed["eye.chemical"]?.values).toEqual(["yes"]));
    [...root.querySelectorAll("button")]
      .find((one) => one.textContent === "All others: no")
      ?.click();
    await vi.waitFor(() => expect(kept.typed["eye.open"]?.values).toEqual(["no"]));
    expect(fill(EYE, kept.typed, ABOUT).missing).toEqual({ "eye.side": "Answer this." });
  });

  it("keeps what is impossible on the page and does not send it", async () => {
    const kept = show(EYE);
    const pressure = root.querySelector<HTMLInputElement>('[name="eye.pressure"]');
    if (!pressure) throw new Error("no field");
    pressure.value = "300";
    pressure.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.waitFor(() => expect(root.textContent).toContain("It lies between 1 and 90."));
    expect(pressure.getAttribute("aria-invalid")).toBe("true");
    expect(fill(EYE, kept.typed, ABOUT).sendable).toEqual([]);
  });

  it("asks only what applies, and forgets nothing that was typed before", () => {
    const wound = shipped("wound");
    const burn: TypedForm = {
      "wound.kind": { values: ["burn"] },
      "wound.percent": { values: ["4,5"] },
    };
    show(wound, burn);
    expect(root.textContent).toContain("How much of the body");
    const ulcer = { ...burn, "wound.kind": { values: ["ulcer"] } };
    expect(fill(wound, ulcer, ABOUT).sendable).toEqual([
      {
        linkId: "wound.kind",
        answer: [{ valueCoding: { code: "ulcer", display: "An old wound or ulcer" } }],
      },
    ]);
    show(wound, ulcer);
    expect(root.textContent).not.toContain("How much of the body");
  });

  it("every control has a name that a screen reader tells", () => {
    for (const name of ["more", "child", "pregnancy", "skin", "imaging", "ecg", "ent"]) {
      show(shipped(name));
      for (const field of root.querySelectorAll<HTMLElement>("input:not([type=radio]), select")) {
        const label = field.closest("label") ?? root.querySelector(`label[for="${field.id}"]`);
        expect(label ?? field.getAttribute("aria-label"), field.outerHTML).toBeTruthy();
      }
      render(null, root);
    }
  });
});

describe("answers", () => {
  const item = fill(
    EYE,
    {
      "eye.chemical": { values: ["yes"] },
      "eye.side": { values: ["both"] },
      "eye.since": { values: ["3"], unit: "d" },
    },
    ABOUT,
  ).sendable;
  const answers = { questionnaire: canonicalOf(EYE), item: [...item] };

  it("come back into the fields as they were", () => {
    const typed = typedOf(item);
    expect(typed["eye.since"]).toEqual({ values: ["3"], unit: "d" });
    expect(fill(EYE, typed, ABOUT).sendable).toEqual(item);
  });

  it("are told in the words of their form, a danger sign marked", () => {
    render(<AnswersView answers={answers} form={EYE} language="en" />, root);
    expect(root.querySelector("[data-raised]")?.textContent).toContain("Chemical in the eye today");
    expect(root.textContent).toContain("Both");
    expect(root.textContent).toContain("3 days");
    expect(root.textContent).toContain("needs a clinician's approval");
  });

  it("are told also when parts are there and empty", () => {
    const given = [{ linkId: "eye.chemical", answer: [{ valueBoolean: true }], item: [] }];
    render(<AnswersView answers={{ ...answers, item: given }} form={EYE} language="en" />, root);
    expect(root.querySelector(".answers-value")?.textContent).toBe("Yes");
  });

  it("are still told when their form is away", () => {
    render(<AnswersView answers={answers} form={undefined} language="en" />, root);
    expect(root.textContent).toContain("cannot be loaded");
    expect(root.textContent).toContain("eye.chemical");
  });
});
