import type { Own } from "./callState";
import { type LocalMedia, localMedia, openMedia, type OpenDevices, stopMedia } from "./media";
import type { Tracks } from "./sending";

/** Our microphone and camera during a call. */
export class OwnMedia {
  readonly #open: OpenDevices | undefined;
  readonly #onTracks: () => Promise<void>;
  #media: LocalMedia | undefined;
  #microphone: boolean;
  #camera: boolean;
  #stopped = false;

  /** `onTracks`: other tracks than before are to be sent. */
  constructor(
    begin: { readonly audio: boolean; readonly video: boolean },
    open: OpenDevices | undefined,
    onTracks: () => Promise<void>,
  ) {
    this.#microphone = begin.audio;
    this.#camera = begin.video;
    this.#open = open;
    this.#onTracks = onTracks;
  }

  get microphone(): boolean {
    return this.#microphone;
  }

  get camera(): boolean {
    return this.#camera;
  }

  get tracks(): Tracks {
    return this.#media?.tracks ?? { audio: undefined, video: undefined };
  }

  get own(): Pick<Own, "stream" | "microphone" | "camera" | "audioTrouble" | "videoTrouble"> {
    return {
      stream: this.#media?.stream,
      microphone: this.#microphone,
      camera: this.#camera,
      audioTrouble: this.#media?.audioTrouble,
      videoTrouble: this.#media?.videoTrouble,
    };
  }

  /** Opens what is wanted and can be had. */
  async begin(): Promise<void> {
    const media = await openMedia({ audio: this.#microphone, video: this.#camera }, this.#open);
    if (this.#stopped) {
      stopMedia(media);
      return;
    }
    this.#media = media;
    this.#microphone &&= media.tracks.audio !== undefined;
    this.#camera &&= media.tracks.video !== undefined;
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#microphone = on;
    const track = this.#media?.tracks.audio;
    if (track) track.enabled = on;
    else if (on) await this.#openDevice("audio");
  }

  /** Off releases the camera, so that its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    this.#camera = on;
    const media = this.#media;
    if (on && !media?.tracks.video) await this.#openDevice("video");
    else if (!on && media?.tracks.video) {
      media.tracks.video.stop();
      await this.#use({
        ...localMedia(media.tracks.audio ? [media.tracks.audio] : []),
        audioTrouble: media.audioTrouble,
      });
    }
  }

  stop(): void {
    this.#stopped = true;
    if (this.#media) stopMedia(this.#media);
  }

  async #openDevice(kind: "audio" | "video"): Promise<void> {
    const wanted = { audio: kind === "audio", video: kind === "video" };
    const opened = await openMedia(wanted, this.#open);
    const still = kind === "audio" ? this.#microphone : this.#camera;
    if (this.#stopped || !still || this.#media?.tracks[kind]) {
      stopMedia(opened); // Switched off again, or opened twice, before the browser was ready.
      return;
    }
    const before = this.#media;
    const audio = opened.tracks.audio ?? before?.tracks.audio;
    const video = opened.tracks.video ?? before?.tracks.video;
    if (kind === "audio") this.#microphone = opened.tracks.audio !== undefined;
    else this.#camera = opened.tracks.video !== undefined;
    await this.#use(
      localMedia(
        [audio, video].filter((track) => track !== undefined),
        kind === "audio" ? opened.audioTrouble : before?.audioTrouble,
        kind === "video" ? opened.videoTrouble : before?.videoTrouble,
      ),
    );
  }

  async #use(media: LocalMedia): Promise<void> {
    this.#media = media;
    await this.#onTracks();
  }
}
