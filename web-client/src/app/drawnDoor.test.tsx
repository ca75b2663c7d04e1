import { hydrate, render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { spoken } from "../i18n/languages";
import { showLanguage } from "../i18n/messages";
import { findDoor, speakAtDoor, takeOver, takeTyped } from "./drawnDoor";
import { drawDoor } from "./doorPage";
import { type Me, noteTurns, session } from "../who";
import { SignInPage } from "./SignIn";

const signInOrSay = vi.hoisted(() => vi.fn(() => Promise.resolve(undefined)));
vi.mock("./signingIn", () => ({ signInOrSay }));
const chooseLanguage = vi.hoisted(() => vi.fn(() => Promise.resolve()));
const speakAsBefore = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock("../i18n/choice", () => ({ chooseLanguage, speakAsBefore }));

let root: HTMLElement;

/** What stands in the page before the program is there. */
function draw(tag: string): void {
  const { door, unopened } = drawDoor(tag, {});
  document.body.innerHTML = `<div id="unopened" hidden>${unopened}</div><div id="app">${door}</div>`;
  root = document.getElementById("app") as HTMLElement;
  findDoor(root);
}

function find<E extends HTMLElement>(selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`${selector} is not there`);
  return found;
}
const field = (name: string) => find<HTMLInputElement>(`input[name=${name}]`);
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("the door that came drawn in the page", () => {
  beforeEach(() => draw("en"));
  afterEach(() => {
    render(null, root);
    vi.clearAllMocks();
  });

  it("keeps its fields, what was typed in them and where the person was", async () => {
    const email = field("email");
    email.value = "clinician@demo";
    field("password").value = "so far";
    field("password").focus();
    takeOver(() => hydrate(<SignInPage />, root));
    expect(field("email")).toBe(email);
    expect(document.activeElement).toBe(field("password"));
    find("[type=submit]").click();
    await settled();
    expect(signInOrSay).toHaveBeenCalledWith("clinician@demo", "so far");
    expect(document.getElementById("unopened")).toBeNull();
  });

  it("signs in by itself when the button was pressed before the program was there", async () => {
    field("email").value = "clinician@demo";
    field("password").value = "secret";
    find("[type=submit]").setAttribute("aria-busy", "true");
    takeOver(() => hydrate(<SignInPage />, root));
    await settled();
    expect(signInOrSay).toHaveBeenCalledWith("clinician@demo", "secret");
  });

  it("takes what was typed along when it is drawn anew, and shows it to nobody after that", () => {
    field("email").value = "clinician@demo";
    field("password").value = "so far";
    field("password").focus();
    takeOver(() => {
      root.replaceChildren();
      render(<SignInPage />, root);
    });
    expect(field("email").value).toBe("clinician@demo");
    expect(field("password").value).toBe("so far");
    expect(document.activeElement).toBe(field("password"));
    expect(takeTyped()).toEqual({ email: "", password: "" });
  });

  it("shows what was typed to nobody who comes later, when no form has asked for it", () => {
    const type = () => {
      field("email").value = "clinician@demo";
      field("password").value = "so far";
      field("password").focus();
    };
    const nothing = { email: "", password: "" };
    type();
    takeOver(() => {});
    session.set({ kind: "signed-in", me: {} as Me });
    session.set({ kind: "signed-out" });
    expect(takeTyped()).toEqual(nothing);

    vi.useFakeTimers();
    draw("en");
    type();
    takeOver(() => {});
    vi.advanceTimersByTime(60_000);
    expect(takeTyped()).toEqual(nothing);
    vi.useRealTimers();
  });

  it("leaves the forms of those who take turns alone", () => {
    noteTurns(true);
    field("password").value = "so far";
    find("[type=submit]").setAttribute("aria-busy", "true");
    const sent = vi.fn((event: Event) => event.preventDefault());
    takeOver(() => {
      root.innerHTML = `<form><input name="pin" /><button type="submit"></button></form>`;
      find("form").addEventListener("submit", sent);
    });
    noteTurns(false);
    expect(sent).not.toHaveBeenCalled();
    expect(takeTyped()).toEqual({ email: "", password: "" });
  });

  it("speaks the language that was picked at it, else the one of before", async () => {
    await speakAtDoor();
    expect(speakAsBefore).toHaveBeenCalledOnce();
    find<HTMLSelectElement>("select").value = "fr";
    await speakAtDoor();
    expect(chooseLanguage).toHaveBeenCalledWith("fr");
    find<HTMLSelectElement>("select").value = "ar";
    takeOver(() => hydrate(<SignInPage />, root));
    expect(chooseLanguage).toHaveBeenLastCalledWith("ar");
  });
});

it("is drawn in a language's words, with that language chosen", () => {
  const { door, direction } = drawDoor("ar", { app: { signIn: "تسجيل الدخول" } });
  expect(direction).toBe("rtl");
  expect(door).toContain("<h1>تسجيل الدخول</h1>");
  expect(door).toMatch(/<option selected[^>]*value="ar"/);
  showLanguage("en");
  spoken.set("en");
});
