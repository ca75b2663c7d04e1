import { afterEach, describe, expect, it, vi } from "vitest";
import { handOver, withPicked } from "./devices";
import { keepEntry, keptEntry } from "./entry";
import type { LocalMedia } from "./media";

const track = (kind: "audio" | "video", readyState = "live") =>
  ({ kind, readyState, stop: vi.fn() }) as unknown as MediaStreamTrack;

vi.stubGlobal(
  "MediaStream",
  class {
    constructor(readonly tracks: MediaStreamTrack[]) {}
    getTracks() {
      return this.tracks;
    }
  },
);

const held = (audio?: MediaStreamTrack, video?: MediaStreamTrack): LocalMedia => ({
  tracks: { audio, video },
  stream: new MediaStream(),
  audioTrouble: undefined,
  videoTrouble: undefined,
});

afterEach(() => sessionStorage.clear());

describe("picked devices", () => {
  it("are wished for beside what was wanted anyway", () => {
    const wanted = { audio: { echoCancellation: true }, video: { frameRate: 24 } };
    expect(withPicked(wanted, { microphone: "m" })).toEqual({
      audio: { echoCancellation: true, deviceId: { ideal: "m" } },
      video: { frameRate: 24 },
    });
  });

  it("are not asked for when nothing of their kind is", () => {
    expect(withPicked({ audio: true }, { camera: "c" })).toEqual({ audio: true });
  });
});

describe("what the check has opened", () => {
  it("is used by the call without asking again, and once", async () => {
    const open = vi.fn(async () => new MediaStream());
    const audio = track("audio");
    const video = track("video");
    const devices = handOver(held(audio, video), open);
    expect((await devices({ audio: true, video: true })).getTracks()).toEqual([audio, video]);
    expect(open).not.toHaveBeenCalled();
    await devices({ video: true });
    expect(open).toHaveBeenCalledTimes(1);
  });

  it("is opened anew when it has ended meanwhile", async () => {
    const open = vi.fn(async () => new MediaStream());
    const audio = track("audio");
    const devices = handOver(held(audio, track("video", "ended")), open);
    await devices({ audio: true, video: true });
    expect(open).toHaveBeenCalledWith({ audio: true, video: true });
    expect(audio.stop).toHaveBeenCalled();
  });
});

describe("the way in", () => {
  it("is remembered through a reload until it is over", () => {
    keepEntry("consult", { audio: true, video: false, microphone: "m" });
    expect(keptEntry("consult")).toEqual({ audio: true, video: false, microphone: "m" });
    expect(keptEntry("another")).toBeUndefined();
    keepEntry("consult", undefined);
    expect(keptEntry("consult")).toBeUndefined();
  });

  it("is not taken from something else that lies there", () => {
    sessionStorage.setItem("call consult", "{broken");
    expect(keptEntry("consult")).toBeUndefined();
  });
});
