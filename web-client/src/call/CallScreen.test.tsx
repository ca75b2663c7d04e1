import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from "vitest";
import type { Person } from "./attendance";
import { NO_DATA } from "./dataUse";
import { NO_WISH } from "./linkWish";
import { type CallActs, CallScreen, notesOn, type Talking } from "./CallScreen";

const person = (seat: number, change: Partial<Person> = {}): Person => ({
  seat,
  epoch: 1,
  name: `Person ${seat}`,
  role: "specialist",
  host: true,
  present: true,
  media: { audio: true, video: true },
  stream: undefined,
  path: "connected",
  link: undefined,
  rung: undefined,
  wants: undefined,
  still: undefined,
  words: undefined,
  ...change,
});
const guest = {
  seat: 9,
  epoch: 1,
  name: "Mama Achieng",
  role: "patient" as const,
  host: false,
  present: true,
  since: "2026-03-01T12:00:00Z",
};
const voice = { getAudioTracks: () => [{}] } as unknown as MediaStream;
const talking: Talking = {
  kind: "talking",
  self: { seat: 1, epoch: 1, name: "Ada", role: "clinician", host: true, state: "admitted" },
  link: { kind: "open" },
  own: {
    stream: undefined,
    microphone: true,
    camera: true,
    audioTrouble: undefined,
    videoTrouble: undefined,
    pictureWaits: false,
    addressShown: false,
  },
  line: {
    quality: undefined,
    rung: "small",
    why: "proved",
    wish: NO_WISH,
    data: NO_DATA,
    saving: false,
  },
  people: [],
  waiting: [],
  chat: [],
};

let root: HTMLElement;
let acts: { [Name in keyof CallActs]: Mock<CallActs[Name]> };

beforeEach(() => {
  vi.useFakeTimers({ now: 100_000 });
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  root = document.body.appendChild(document.createElement("div"));
  const names =
    "setMicrophone setCamera say leave end retryNow admit refuse remove askMute setRole handOver setWish allowMoreData";
  acts = Object.fromEntries(names.split(" ").map((name) => [name, vi.fn()])) as typeof acts;
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(change: Partial<Talking>): void {
  act(() =>
    render(
      <CallScreen
        state={{ ...talking, ...change }}
        acts={acts}
        since={100_000}
        chatLead="Not kept."
        chatDraft="chat here"
        instead={<a href="/thread">Thread</a>}
      />,
      root,
    ),
  );
}

const one = (selector: string) => root.querySelector<HTMLElement>(selector);
const press = (selector: string) => act(() => one(selector)?.click());
const fetched = () => act(async () => vi.dynamicImportSettled());
const pass = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds));

describe("the call screen", () => {
  it("says when nobody else is there yet", () => {
    show({});
    expect(root.textContent).toContain("Nobody else is here yet");
  });

  it("shows everybody with name and role, and who is without picture", () => {
    show({ people: [person(2), person(3, { media: { audio: false, video: false } })] });
    expect(one('[data-remote-seat="2"]')?.textContent).toContain("Person 2Specialist");
    expect(one('[data-remote-seat="3"]')?.textContent).toContain("sound only");
    expect(root.querySelectorAll("video[data-remote]")).toHaveLength(2);
  });

  it("keeps the pictures while the connection is lost, counts, and after long says how else", () => {
    show({ people: [person(2)], link: { kind: "lost", since: 100_000, attempt: 1 } });
    expect(one('[data-call-state="reconnecting"]')).toBeTruthy();
    expect(one("video[data-remote]")).toBeTruthy();
    expect(one(".call-lost")).toBeNull();
    pass(5_000);
    expect(one(".call-lost")?.textContent).toContain("For 5 seconds");
    expect(one('.call-lost a[href="/thread"]')).toBeNull();
    pass(25_000);
    expect(one('.call-lost a[href="/thread"]')).toBeTruthy();
  });

  it("lets a host admit who waits, and asks back before a refusal", () => {
    show({ waiting: [guest] });
    const [refuse, admit] = [...root.querySelectorAll<HTMLElement>(".outside button")];
    act(() => admit?.click());
    expect(acts.admit).toHaveBeenCalledWith(9);
    act(() => refuse?.click());
    expect(acts.refuse).not.toHaveBeenCalled();
    press("dialog .button-danger");
    expect(acts.refuse).toHaveBeenCalledWith(9);
  });

  it("shows nobody outside, and no ending for all, to those who are no hosts", () => {
    show({ self: { ...talking.self, role: "interpreter", host: false }, waiting: [guest] });
    expect(one(".outside")).toBeNull();
    press('[data-act="people"]');
    expect(root.textContent).not.toContain("End the call for everybody");
  });

  it("ends the call for everybody only after asking back", () => {
    show({});
    press('[data-act="people"]');
    press(".call-host .button-danger");
    expect(acts.end).not.toHaveBeenCalled();
    press("dialog .button-danger");
    expect(acts.end).toHaveBeenCalledTimes(1);
  });

  it("lets a host change what somebody is, and only to what they may be", async () => {
    show({ people: [person(2, { roles: ["specialist", "observer"] }), person(3)] });
    press('[data-act="people"]');
    expect(one('[aria-label$="Change the role of Person 3"]')).toBeNull();
    press('[aria-label$="Change the role of Person 2"]');
    await fetched();
    expect(root.querySelectorAll('dialog input[type="radio"]')).toHaveLength(2);
    press('dialog input[value="observer"]');
    press("dialog .button-primary");
    expect(acts.setRole).toHaveBeenCalledWith(2, "observer");
  });

  it("hands over only after asking back, and only to those who may be hosts", () => {
    const interpreter = { role: "interpreter" as const, host: false };
    show({
      people: [person(2), person(3, { ...interpreter, roles: ["interpreter", "observer"] })],
    });
    press('[data-act="people"]');
    expect(one('[aria-label="Hand over to Person 3"]')).toBeNull();
    press('[aria-label="Hand over to Person 2"]');
    expect(acts.handOver).not.toHaveBeenCalled();
    press("dialog .button-danger");
    expect(acts.handOver).toHaveBeenCalledWith(2);
  });

  it("tells everybody for a while who is something else now", () => {
    show({ people: [person(2)] });
    show({
      self: { ...talking.self, role: "observer", host: false },
      people: [person(2, { role: "coordinator" })],
    });
    expect(one("[data-role-news]")?.textContent).toBe(
      "Your role in the call is now: Observer. Person 2 is in the call as: Coordinator.",
    );
    expect(root.querySelector('[aria-label="Hand over to Person 2"]')).toBeNull();
    pass(11_000);
    expect(one("[data-role-news]")).toBeNull();
  });

  it("shows a new line for a moment while the chat is closed", () => {
    const chat = [{ seat: 2, name: "Ben", text: "I see it", at: "2026-03-01T12:00:00Z" }];
    show({});
    show({ chat });
    expect(one(".call-news")?.textContent).toBe("Ben wrote: I see it");
    expect(one('[data-act="chat"] .control-count')?.textContent).toBe("1");
    pass(9_000);
    expect(one(".call-news")).toBeNull();
    press('[data-act="chat"]');
    expect(one('[data-act="chat"] .control-count')).toBeNull();
  });
});

describe("captions", () => {
  const line = (seat: number, text: string) => ({
    seat,
    name: seat === 0 ? "Ada" : "Ben",
    text,
    at: "2026-03-01T12:00:00Z",
  });
  const captions = () => [...root.querySelectorAll(".caption")].map((each) => each.textContent);

  it("stand over the picture while they are wanted, and the device remembers it", async () => {
    show({ people: [person(2)] });
    expect(one(".captions")).toBeNull();
    press('[data-act="captions"]');
    await fetched();
    expect(one('[data-act="captions"]')?.getAttribute("aria-pressed")).toBe("true");
    expect(one(".captions")?.textContent).toContain("Speech is not written down");
    show({ people: [person(2)], chat: [line(2, "أين الألم؟"), line(0, "Here")] });
    expect(captions()).toEqual(["Ben: أين الألم؟"]);
    expect(one(".caption")?.getAttribute("dir")).toBe("auto");
    expect(one(".call-news")).toBeNull();
    pass(10_000);
    expect(captions()).toEqual([]);
    expect(localStorage.getItem("call.captions")).toBe("on");
    press('[data-act="captions"]');
    expect(one(".captions")).toBeNull();
    localStorage.removeItem("call.captions");
  });

  it("are not read out twice while the chat is open", async () => {
    show({ people: [person(2)] });
    press('[data-act="captions"]');
    await fetched();
    expect(one(".captions")?.getAttribute("aria-live")).toBe("polite");
    press('[data-act="chat"]');
    expect(one(".captions")?.getAttribute("aria-live")).toBe("off");
    localStorage.removeItem("call.captions");
  });
});

describe("notes on one's own devices", () => {
  const own = { ...talking.own, stream: voice };
  it("tell who was muted by a host, and not who muted themselves", () => {
    expect(notesOn({ ...own, microphone: false }, true)).toEqual([
      "A host has switched your microphone off.",
    ]);
    expect(notesOn({ ...own, microphone: false }, false)).toEqual([]);
  });
  it("tell why one's picture is not sent, and why an address is not hidden", () => {
    expect(notesOn({ ...own, pictureWaits: true, addressShown: true }, true)).toEqual([
      expect.stringMatching(/^Four people send their pictures already/),
      expect.stringMatching(/could not be hidden/),
    ]);
  });
});
