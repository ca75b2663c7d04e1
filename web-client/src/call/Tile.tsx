import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { store, useStore } from "../store";
import { Button, Icon } from "../ui";
import { StillPicture } from "./StillPicture";
import type { Still } from "./stills";
import { initials } from "./view";
import { t } from "./words";

export interface TileProps {
  readonly seat: number;
  readonly name: string;
  /** The role in words. */
  readonly role: string;
  readonly stream: MediaStream | undefined;
  /** Whether the person sends sound and picture. */
  readonly audio: boolean;
  readonly video: boolean;
  /** Their last picture, while their video is not sent. */
  readonly still?: Still | undefined;
  /** What is wrong, in a few words; nothing while all is well. */
  readonly trouble?: string | undefined;
}

/** One other person: their picture or, with sound only, their initials; always who they are. */
export function Tile(props: TileProps): JSX.Element {
  const { seat, name, role, stream, trouble } = props;
  const still = props.video ? undefined : props.still;
  return (
    <li
      class="tile"
      data-remote-seat={seat}
      data-video={props.video}
      data-trouble={trouble ? "" : undefined}
    >
      {!props.video && !still && <Initials name={name} />}
      <RemoteMedia seat={seat} stream={stream} shown={props.video} />
      {still && <StillPicture still={still} name={name} />}
      <p class="tile-name">
        {!props.audio && (
          <span class="tile-mark" data-off>
            <Icon name="microphone" label={t("muted")} />
          </span>
        )}
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>{role}</span>
        {!props.video && !still && <span class="tile-soft">{t("soundOnly")}</span>}
      </p>
      {trouble && (
        <p class="tile-trouble">
          <span class="spinner" aria-hidden="true" />
          {trouble}
        </p>
      )}
    </li>
  );
}

export function Initials({ name }: { name: string }): JSX.Element {
  return (
    <span class="initials" aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/**
 * Plays what comes. When another stream takes the place of one that broke, the last picture stays
 * until the new one shows something.
 */
function RemoteMedia(props: {
  seat: number;
  stream: MediaStream | undefined;
  shown: boolean;
}): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [frozen, setFrozen] = useState(false);

  useLayoutEffect(() => {
    const element = video.current;
    if (!element || element.srcObject === (props.stream ?? null)) return;
    if (element.srcObject && still.current) setFrozen(keepPicture(element, still.current));
    element.srcObject = props.stream ?? null;
    if (props.stream) play(element);
  }, [props.stream]);

  // A tab that was in the background, or a headset that was unplugged, may have paused it.
  useEffect(() => {
    const again = () => {
      if (document.visibilityState === "visible" && video.current?.srcObject) {
        play(video.current);
      }
    };
    document.addEventListener("visibilitychange", again);
    return () => document.removeEventListener("visibilitychange", again);
  }, []);

  useEffect(() => {
    const element = video.current;
    return () => {
      if (element) setBlocked(element, false);
    };
  }, []);

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody writes live talk down */}
      <video
        ref={video}
        class="tile-video"
        data-remote={props.seat}
        data-shown={props.shown}
        autoPlay
        playsInline
        aria-hidden="true"
        onLoadedData={() => setFrozen(false)}
      />
      <canvas
        ref={still}
        class="tile-still"
        data-shown={frozen && props.shown}
        aria-hidden="true"
      />
    </>
  );
}

/** What the browser does not play before the person has pressed something. */
const blocked = store<readonly HTMLVideoElement[]>([]);

function setBlocked(element: HTMLVideoElement, isBlocked: boolean): void {
  const others = blocked.get().filter((each) => each !== element);
  if (isBlocked) blocked.set([...others, element]);
  else if (others.length < blocked.get().length) blocked.set(others);
}

function play(element: HTMLVideoElement): void {
  element.play().then(
    () => setBlocked(element, false),
    // Another stream came meanwhile: that is no refusal.
    (error: unknown) =>
      setBlocked(element, error instanceof DOMException && error.name === "NotAllowedError"),
  );
}

/** One button for all whom the browser keeps silent. */
export function HearAgain(): JSX.Element | null {
  const silent = useStore(blocked);
  if (silent.length === 0) return null;
  return (
    <section class="call-hear" role="alert">
      <p>{t("hearAgainLead")}</p>
      <Button kind="primary" onPress={() => silent.forEach(play)}>
        {t("hearAgain")}
      </Button>
    </section>
  );
}

/** Copies what the video shows; false when there is nothing. */
function keepPicture(video: HTMLVideoElement, still: HTMLCanvasElement): boolean {
  if (video.videoWidth === 0) return false;
  still.width = video.videoWidth;
  still.height = video.videoHeight;
  still.getContext("2d")?.drawImage(video, 0, 0);
  return true;
}

/** One's own picture, turned as in a mirror. */
export function OwnPicture(props: {
  stream: MediaStream | undefined;
  shown: boolean;
  label: string;
}): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const element = video.current;
    if (element && element.srcObject !== (props.stream ?? null)) {
      element.srcObject = props.stream ?? null;
    }
  }, [props.stream]);
  return (
    <video
      ref={video}
      class="own-video"
      data-self
      data-shown={props.shown}
      autoPlay
      playsInline
      muted
      aria-label={props.label}
    />
  );
}
