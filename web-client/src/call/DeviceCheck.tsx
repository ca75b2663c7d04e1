import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Actions, Button, Card, Checkbox, Notice, Select } from "../ui";
import { openPicked, type Picked } from "./devices";
import type { Entry } from "./entry";
import { type FirstLook, lookAtLink } from "./link";
import { type DeviceTrouble, type LocalMedia, localMedia, openMedia, stopMedia } from "./media";
import { OwnPicture } from "./Tile";
import { t } from "./words";

/** Permission, picture, voice and link, before anybody else sees or hears anything. */
export function DeviceCheck(props: {
  /** Who and what: above the check. */
  intro?: ComponentChildren;
  onJoin: (entry: Entry, media: LocalMedia) => void;
}): JSX.Element {
  const { media, asking, picked, pick, retry, handOver } = useMediaCheck();
  const look = useFirstLook();
  const [hideAddress, setHideAddress] = useState(false);
  const audio = media?.tracks.audio;
  const video = media?.tracks.video;
  const join = (withVideo: boolean) => {
    const entry = { ...picked, audio: !!audio, video: withVideo, hideAddress };
    if (media) props.onJoin(entry, handOver());
  };
  const soundFirst = !video || look === "poor";
  return (
    <div class="check" data-call-state="check">
      {props.intro}
      <p class="muted">{t("checkLead")}</p>
      {asking && !media && <Notice title={t("asking")}>{t("askingLead")}</Notice>}
      {media?.audioTrouble && <TroubleNotice trouble={media.audioTrouble} onRetry={retry} />}
      {media && !media.audioTrouble && media.videoTrouble && (
        <Notice tone="warning" action={<RetryButton onRetry={retry} />}>
          {t("noCamera")}
        </Notice>
      )}
      <Card>
        <div class="check-sides">
          <div class="stack stack-small">
            <div class="check-picture">
              <OwnPicture stream={media?.stream} shown={!!video} label={t("ownPicture")} />
              {media && !video && <p>{t("cameraOffHere")}</p>}
            </div>
            {audio && <Meter track={audio} />}
          </div>
          <div class="stack">
            {media && <Devices media={media} picked={picked} onPick={pick} />}
            <p class="check-link" data-look={look ?? "asking"} role="status">
              {linkSentence(look)}
            </p>
            <Actions>
              <Button
                kind={soundFirst ? "primary" : "plain"}
                icon="microphone"
                disabled={!media}
                onPress={() => join(false)}
              >
                {audio || !media ? t("joinSound") : t("joinAnyway")}
              </Button>
              {(video || !media) && (
                <Button
                  kind={soundFirst ? "plain" : "primary"}
                  icon="video"
                  disabled={!media}
                  onPress={() => join(true)}
                >
                  {t("joinVideo")}
                </Button>
              )}
            </Actions>
            <p class="muted small">{t("soundIsFine")}</p>
            <Checkbox
              label={t("hideAddress")}
              hint={t("hideAddressLead")}
              value={hideAddress}
              onChange={setHideAddress}
            />
          </div>
        </div>
      </Card>
    </div>
  );
}

/** What is wrong with the microphone and how to mend it, step by step. */
function TroubleNotice(props: { trouble: DeviceTrouble; onRetry: () => void }): JSX.Element {
  const action = <RetryButton onRetry={props.onRetry} />;
  if (!globalThis.isSecureContext) {
    return (
      <Notice tone="error" title={t("insecure")}>
        {t("insecureLead")}
      </Notice>
    );
  }
  switch (props.trouble) {
    case "refused":
      return (
        <Notice tone="error" title={t("denied")} action={action}>
          <ol class="check-steps">
            <li>{t("deniedStep1")}</li>
            <li>{t("deniedStep2")}</li>
            <li>{t("deniedStep3")}</li>
          </ol>
        </Notice>
      );
    case "missing":
      return (
        <Notice tone="error" title={t("missing")} action={action}>
          {t("missingLead")}
        </Notice>
      );
    case "busy":
      return (
        <Notice tone="error" title={t("busy")} action={action}>
          {t("busyLead")}
        </Notice>
      );
  }
}

function RetryButton({ onRetry }: { onRetry: () => void }): JSX.Element {
  return (
    <Button small icon="refresh" onPress={onRetry}>
      {t("tryAgain")}
    </Button>
  );
}

/** One sentence about the link; it never keeps anybody from joining. */
export function linkSentence(look: FirstLook | undefined): string {
  switch (look) {
    case undefined:
      return t("linkAsking");
    case "good":
      return t("linkGood");
    case "fair":
      return t("linkFair");
    case "poor":
      return t("linkPoor");
    case "none":
      return t("linkNone");
  }
}

function useFirstLook(): FirstLook | undefined {
  const [look, setLook] = useState<FirstLook>();
  useEffect(() => {
    const gone = new AbortController();
    void lookAtLink(gone.signal).then((found) => {
      if (!gone.signal.aborted) setLook(found);
    });
    // Who has joined needs the link for the call.
    return () => gone.abort();
  }, []);
  return look;
}

/** The devices that are open while one looks at oneself; closed again unless handed over. */
function useMediaCheck() {
  const [media, setMedia] = useState<LocalMedia>();
  const [asking, setAsking] = useState(true);
  const [picked, setPicked] = useState<Picked>({});
  const held = useRef<LocalMedia | undefined>(undefined);
  const turn = useRef(0);

  const open = (choice: Picked) => {
    const mine = ++turn.current;
    setAsking(true);
    if (held.current) stopMedia(held.current);
    held.current = undefined;
    void openMedia({ audio: true, video: true }, openPicked(choice)).then((opened) => {
      if (mine !== turn.current) {
        stopMedia(opened);
        return;
      }
      held.current = opened;
      setMedia(opened);
      setAsking(false);
    });
  };

  useEffect(() => {
    open({});
    return () => {
      turn.current++;
      if (held.current) stopMedia(held.current);
    };
  }, []);

  return {
    media,
    asking,
    picked,
    pick(choice: Picked) {
      setPicked(choice);
      open(choice);
    },
    retry: () => open(picked),
    /** From now on they belong to the call. */
    handOver(): LocalMedia {
      const mine = held.current;
      held.current = undefined;
      return mine ?? localMedia([]);
    },
  };
}

/** Choices, only where there are several. Names are known once the browser has allowed them. */
function Devices(props: {
  media: LocalMedia;
  picked: Picked;
  onPick: (picked: Picked) => void;
}): JSX.Element {
  const { media, picked, onPick } = props;
  const devices = useDevices(media);
  const microphones = devices.filter(({ kind }) => kind === "audioinput");
  const cameras = devices.filter(({ kind }) => kind === "videoinput");
  const now = (track: MediaStreamTrack | undefined) => track?.getSettings().deviceId ?? "";
  return (
    <>
      {microphones.length > 1 && (
        <Select
          label={t("microphone")}
          value={picked.microphone ?? now(media.tracks.audio)}
          onChange={(microphone) => onPick({ ...picked, microphone })}
          options={microphones.map(({ deviceId, label }, index) => ({
            value: deviceId,
            label: label || t("unnamedMicrophone", { number: index + 1 }),
          }))}
        />
      )}
      {cameras.length > 1 && (
        <Select
          label={t("camera")}
          value={picked.camera ?? now(media.tracks.video)}
          onChange={(camera) => onPick({ ...picked, camera })}
          options={cameras.map(({ deviceId, label }, index) => ({
            value: deviceId,
            label: label || t("unnamedCamera", { number: index + 1 }),
          }))}
        />
      )}
    </>
  );
}

function useDevices(media: LocalMedia): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const source: MediaDevices | undefined = navigator.mediaDevices;
    if (!source?.enumerateDevices) return;
    const ask = () =>
      void source.enumerateDevices().then(
        (found) => setDevices(found.filter(({ deviceId }) => deviceId !== "")),
        () => {},
      );
    ask();
    source.addEventListener("devicechange", ask);
    return () => source.removeEventListener("devicechange", ask);
  }, [media]);
  return devices;
}

/** Louder than this is a voice, not a fan. */
const VOICE_LEVEL = 0.06;

/** Moves with the voice; says so once in words, for those who do not see it. */
function Meter({ track }: { track: MediaStreamTrack }): JSX.Element {
  const level = useLevel(track);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (level > VOICE_LEVEL) setHeard(true);
  }, [level]);
  return (
    <div class="check-meter">
      <meter min={0} max={0.5} value={Math.min(0.5, level)} aria-label={t("level")} />
      <p role="status" class="small muted">
        {heard ? t("heard") : t("speakNow")}
      </p>
    </div>
  );
}

const LEVEL_MILLISECONDS = 100;

/** Root mean square of what the microphone hears, 0 to 1. */
function useLevel(track: MediaStreamTrack): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    let context: AudioContext;
    try {
      context = new AudioContext();
    } catch {
      return;
    }
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    const timer = setInterval(() => {
      // Suspended until the first press of a key or button on this page.
      if (context.state === "suspended") void context.resume().catch(() => {});
      analyser.getByteTimeDomainData(samples);
      const sum = samples.reduce((total, sample) => total + ((sample - 128) / 128) ** 2, 0);
      setLevel(Math.sqrt(sum / samples.length));
    }, LEVEL_MILLISECONDS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return level;
}
