import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "./api/problem";
import { readDraft, writeDraft } from "./drafts";
import { unheard } from "./offline/acts";
import { openVault } from "./offline/vault";
import {
  edited,
  errorAt,
  type Form,
  fresh,
  refused,
  restoredFrom,
  useForm,
  valueAt,
  withValueAt,
} from "./form";
import { navigate } from "./router";
import { FormFrame, TextInput } from "./ui";

const VALUES = { name: "", age: { value: "4", unit: "years" }, tags: ["a", "b"] };
const no = (status: number, errors: { pointer: string; detail: string }[] = []) =>
  new Problem({ kind: "answered", status, code: "x", sentence: "No.", errors });

describe("pointers", () => {
  it("lead to values and copy on change", () => {
    expect(valueAt(VALUES, "/age/unit")).toBe("years");
    expect(valueAt(VALUES, "/tags/1")).toBe("b");
    expect(withValueAt(VALUES, "/tags/1", "c")).toEqual({ ...VALUES, tags: ["a", "c"] });
    expect(withValueAt({ "a/b": 1 }, "/a~1b", 2)).toEqual({ "a/b": 2 });
    expect(VALUES.tags).toEqual(["a", "b"]);
  });

  it("show an inner error at the field that covers it", () => {
    const errors = [{ pointer: "/age/value", detail: "Too high." }];
    expect(errorAt(errors, "/age")).toBe("Too high.");
    expect(errorAt(errors, "/agent")).toBeUndefined();
  });
});

describe("the form's state", () => {
  it("drops the error of a field that is changed, and no other", () => {
    const before = refused(
      fresh(VALUES),
      no(422, [
        { pointer: "/name", detail: "Missing." },
        { pointer: "/age/value", detail: "Too high." },
      ]),
    );
    const after = edited(before, "/age", { value: "5", unit: "years" });
    expect(after.errors).toEqual([{ pointer: "/name", detail: "Missing." }]);
    expect(after.values.age.value).toBe("5");
  });

  it("keeps the act's key only while nobody knows its outcome", () => {
    const start = fresh(VALUES);
    const lost = new Problem({ kind: "unreachable", status: 0, code: "x", sentence: "Away." });
    expect(refused(start, lost).key).toBe(start.key);
    expect(refused(start, no(503)).key).toBe(start.key);
    expect(refused(start, no(422)).key).not.toBe(start.key);
    expect(edited(refused(start, lost), "/name", "A").key).not.toBe(start.key);
  });

  it("takes an older draft and fills what it lacks", () => {
    const restored = restoredFrom(fresh(VALUES), { values: { name: "Old" }, key: "k" });
    expect(restored).toEqual({ values: { ...VALUES, name: "Old" }, key: "k" });
    expect(restoredFrom(fresh(VALUES), { values: "rubbish", key: "k" }).values).toEqual(VALUES);
  });
});

describe("useForm", () => {
  let root: HTMLElement;
  let form: Form<{ name: string; note: string }>;
  const send = vi.fn<(values: { name: string; note: string }, key: string) => Promise<string>>();
  const onSent = vi.fn();

  function Page() {
    form = useForm({
      initial: { name: "", note: "" },
      draft: "page",
      validate: ({ name }) => (name ? [] : [{ pointer: "/name", detail: "Name it." }]),
      send,
      onSent,
    });
    return (
      <FormFrame form={form} submit="Send">
        <TextInput label="Name" {...form.field("/name")} />
      </FormFrame>
    );
  }

  const type = (text: string) => {
    const input = root.querySelector("input");
    if (!input) throw new Error("no input");
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const submit = () =>
    root
      .querySelector("form")
      ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  const page = () => root.textContent ?? "";

  beforeEach(() => {
    openVault(crypto.randomUUID());
    send.mockReset();
    onSent.mockReset();
    root = document.body.appendChild(document.createElement("div"));
    render(<Page />, root);
  });

  afterEach(() => {
    render(null, root);
    root.remove();
  });

  it("shows its own error beside the field and puts the focus there", async () => {
    submit();
    await vi.waitFor(() => expect(page()).toContain("Name it."));
    const input = root.querySelector("input");
    expect(input?.getAttribute("aria-invalid")).toBe("true");
    expect(
      document.getElementById(input?.getAttribute("aria-describedby") ?? "")?.textContent,
    ).toBe("Name it.");
    expect(document.activeElement).toBe(input);
    expect(send).not.toHaveBeenCalled();
  });

  it("shows the server's field errors, and those without a field above the buttons", async () => {
    send.mockRejectedValueOnce(
      no(422, [
        { pointer: "/name", detail: "Taken." },
        { pointer: "/other", detail: "Odd." },
      ]),
    );
    type("Ada");
    submit();
    await vi.waitFor(() => expect(page()).toContain("Taken."));
    expect(root.querySelector("[role=alert]")?.textContent).toBe("Odd.");
  });

  it("sends again with the same key after a lost connection, and loses nothing", async () => {
    send.mockRejectedValueOnce(
      new Problem({ kind: "unreachable", status: 0, code: "x", sentence: "Away." }),
    );
    send.mockResolvedValueOnce("done");
    type("Ada");
    submit();
    await vi.waitFor(() => expect(page()).toContain("Away."));
    expect(form.values.name).toBe("Ada");
    submit();
    await vi.waitFor(() => expect(onSent).toHaveBeenCalledWith("done", { name: "Ada", note: "" }));
    expect(send.mock.calls[1]?.[1]).toBe(send.mock.calls[0]?.[1]);
  });

  it("keeps what was typed when the page closes, and forgets it when it was sent", async () => {
    send.mockResolvedValueOnce("done");
    type("Ada");
    dispatchEvent(new Event("pagehide"));
    await vi.waitFor(async () =>
      expect((await readDraft("page"))?.values).toEqual({ name: "Ada", note: "" }),
    );
    submit();
    await vi.waitFor(async () => expect(await readDraft("page")).toBeUndefined());
  });

  it("forgets what was sent of whom the form was opened for, and of nobody else", async () => {
    const ada = crypto.randomUUID();
    const ben = crypto.randomUUID();
    render(null, root);
    openVault(ada);
    render(<Page />, root);
    let answer: (result: string) => void = () => {};
    send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    type("Ada");
    dispatchEvent(new Event("pagehide"));
    await vi.waitFor(async () => expect(await readDraft("page")).toBeDefined());
    submit();
    openVault(ben);
    await writeDraft("page", { values: { name: "Ben" }, key: "k", savedAt: Date.now() });
    answer("done");
    await vi.waitFor(async () => expect(await readDraft("page", { account: ada })).toBeUndefined());
    expect((await readDraft("page"))?.values).toEqual({ name: "Ben" });
    expect(onSent).not.toHaveBeenCalled();
  });

  it.each([
    { gone: "to another page", from: "/there", called: 0 },
    { gone: "out of a dialog on its page", from: undefined, called: 1 },
  ])("says that it was sent to nobody who has gone $gone", async ({ from, called }) => {
    let answer: (result: string) => void = () => {};
    send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    type("Ada");
    submit();
    const key = send.mock.calls[0]?.[1] ?? "";
    render(null, root);
    expect(unheard.get()).toBe(key);
    if (from) navigate(from);
    answer("done");
    await vi.waitFor(async () => expect(await readDraft("page")).toBeUndefined());
    expect(onSent).toHaveBeenCalledTimes(called);
  });

  it("keeps no password in a draft", async () => {
    function Signing() {
      const signed = useForm({
        initial: { name: "", password: "" },
        draft: "signed",
        notInDraft: ["password"],
        send: () => Promise.resolve(""),
        onSent: () => {},
      });
      return (
        <FormFrame form={signed} submit="Sign">
          <TextInput label="Name" {...signed.field("/name")} />
          <TextInput label="Password" {...signed.field("/password")} />
        </FormFrame>
      );
    }
    render(<Signing />, root);
    root.querySelectorAll("input").forEach((input) => {
      input.value = "typed";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    dispatchEvent(new Event("pagehide"));
    await vi.waitFor(async () =>
      expect((await readDraft("signed"))?.values).toEqual({ name: "typed" }),
    );
  });

  it("brings back a draft, with the key of its act", async () => {
    render(null, root);
    await writeDraft("page", { values: { name: "Kept" }, key: "kept-key", savedAt: Date.now() });
    send.mockResolvedValueOnce("done");
    render(<Page />, root);
    await vi.waitFor(() => expect(root.querySelector("input")?.value).toBe("Kept"));
    submit();
    await vi.waitFor(() =>
      expect(send).toHaveBeenCalledWith({ name: "Kept", note: "" }, "kept-key"),
    );
  });
});

describe("drafts", () => {
  it("belong to the account that typed them", async () => {
    openVault("ada");
    await writeDraft("x", { values: 1, key: "k", savedAt: Date.now() });
    openVault("ben");
    expect(await readDraft("x")).toBeUndefined();
  });

  it("end after two weeks", async () => {
    openVault("ada");
    await writeDraft("x", { values: 1, key: "k", savedAt: Date.now() - 15 * 86_400_000 });
    expect(await readDraft("x")).toBeUndefined();
  });
});
