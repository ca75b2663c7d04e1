import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Schema } from "../api/client";
import { Actions, Button } from "../ui";
import {
  byKey,
  fitOnSide,
  LIGHT,
  type Look,
  moved,
  pinch,
  PLAIN,
  type Point,
  type Size,
  turned,
  whole,
  zoomed,
} from "./look";
import { fileAddress, hasPart, sizeText } from "./names";
import { t } from "./words";

type Attachment = Schema<"Attachment">;
type Change = (to: (look: Look) => Look) => void;

/** One picture in its frame, with what may be done to it by mouse, finger and keyboard. */
export function Picture(props: {
  file: Attachment;
  consultId: string;
  look: Look;
  onLook: Change;
}): JSX.Element {
  const { file, consultId, look, onLook } = props;
  const [original, setOriginal] = useState(false);
  const [failed, setFailed] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const drag = useDrag(frame, onLook);
  const draw = () => {
    if (image.current) show(image.current, look, sizeOf(frame.current));
  };
  useEffect(draw, [look]);
  const large = file.files.find(({ part }) => part === "original");
  const part = original ? "original" : hasPart(file, "preview") ? "preview" : "thumbnail";
  const zoomBy = (factor: number) => onLook((it) => zoomed(it, factor, sizeOf(frame.current)));
  return (
    <figure class="viewer-picture">
      <div
        ref={frame}
        class="viewer-frame"
        role="group"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its keys move the picture
        tabIndex={0}
        aria-label={t("pictureFrame", { title: file.details.title })}
        data-zoomed={look.zoom > 1 ? "" : undefined}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const after = byKey(look, event.key, sizeOf(frame.current));
          if (!after) return;
          event.preventDefault();
          onLook((it) => byKey(it, event.key, sizeOf(frame.current)) ?? it);
        }}
        {...drag}
      >
        {failed ? (
          <p class="viewer-failed" role="alert">
            {t("notLoaded")}{" "}
            <Button small onPress={() => setFailed(false)}>
              {t("loadAgain")}
            </Button>
          </p>
        ) : (
          <img
            ref={image}
            src={fileAddress(consultId, file.id, part)}
            alt={file.details.title}
            draggable={false}
            onLoad={draw}
            onError={() => setFailed(true)}
          />
        )}
      </div>
      <figcaption dir="auto">
        {file.details.title}
        {file.details.caption && ` · ${file.details.caption}`}
      </figcaption>
      <Actions>
        <Button small onPress={() => zoomBy(1.5)}>
          {t("zoomIn")}
        </Button>
        <Button small onPress={() => zoomBy(1 / 1.5)}>
          {t("zoomOut")}
        </Button>
        <Button small onPress={() => onLook(whole)}>
          {t("whole")}
        </Button>
        <Button small onPress={() => onLook(turned)}>
          {t("turn")}
        </Button>
        <Button
          small
          pressed={look.negative}
          onPress={() => onLook((it) => ({ ...it, negative: !it.negative }))}
        >
          {t("negative")}
        </Button>
        {large && !original && large.type !== "application/dicom" && (
          <Button small onPress={() => setOriginal(true)}>
            {t("showOriginal", { size: sizeText(large.bytes) })}
          </Button>
        )}
      </Actions>
      <div class="viewer-light">
        <Slider
          label={t("brightness")}
          value={look.brightness}
          onChange={(brightness) => onLook((it) => ({ ...it, brightness }))}
        />
        <Slider
          label={t("contrast")}
          value={look.contrast}
          onChange={(contrast) => onLook((it) => ({ ...it, contrast }))}
        />
        {(look.brightness !== PLAIN.brightness || look.contrast !== PLAIN.contrast) && (
          <Button
            small
            kind="quiet"
            onPress={() =>
              onLook((it) => ({
                ...it,
                brightness: PLAIN.brightness,
                contrast: PLAIN.contrast,
              }))
            }
          >
            {t("asTaken")}
          </Button>
        )}
      </div>
    </figure>
  );
}

function Slider(props: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}): JSX.Element {
  return (
    <label>
      <span class="small">{props.label}</span>
      <input
        type="range"
        min={LIGHT.from}
        max={LIGHT.to}
        step={5}
        value={props.value}
        onInput={(event) => props.onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}

function show(image: HTMLImageElement, look: Look, frame: Size): void {
  const onSide = look.turns % 2 === 1;
  const fit = onSide
    ? fitOnSide({ width: image.naturalWidth, height: image.naturalHeight }, frame)
    : 1;
  const { style } = image;
  style.setProperty("--zoom", String(look.zoom * fit));
  style.setProperty("--turn", `${look.turns * 90}deg`);
  style.setProperty("--x", `${look.x}px`);
  style.setProperty("--y", `${look.y}px`);
  style.setProperty("--brightness", `${look.brightness}%`);
  style.setProperty("--contrast", `${look.contrast}%`);
  style.setProperty("--negative", look.negative ? "100%" : "0%");
}

/** Drags with one finger or the mouse, zooms with two or the wheel, and at a double click. */
function useDrag(
  frame: { readonly current: HTMLDivElement | null },
  onLook: Change,
): JSX.IntrinsicElements["div"] {
  const fingers = useRef(new Map<number, Point>());
  const place = (event: MouseEvent): Point => {
    const box = frame.current?.getBoundingClientRect();
    return box
      ? { x: event.clientX - box.x - box.width / 2, y: event.clientY - box.y - box.height / 2 }
      : { x: 0, y: 0 };
  };
  const lift = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
  };
  return {
    onWheel: (event) => {
      event.preventDefault();
      const at = place(event);
      onLook((it) => zoomed(it, event.deltaY < 0 ? 1.25 : 0.8, sizeOf(frame.current), at));
    },
    onDblClick: (event) => {
      const at = place(event);
      onLook((it) => (it.zoom > 1 ? whole(it) : zoomed(it, 2.5, sizeOf(frame.current), at)));
    },
    onPointerDown: (event) => {
      fingers.current.set(event.pointerId, place(event));
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      const before = fingers.current.get(event.pointerId);
      if (!before) return;
      const at = place(event);
      const [other] = [...fingers.current].filter(([id]) => id !== event.pointerId);
      fingers.current.set(event.pointerId, at);
      const size = sizeOf(frame.current);
      if (!other) {
        onLook((it) => moved(it, { x: at.x - before.x, y: at.y - before.y }, size));
        return;
      }
      const [was, is] = [pinch(before, other[1]), pinch(at, other[1])];
      onLook((it) => {
        const along = moved(
          it,
          { x: is.middle.x - was.middle.x, y: is.middle.y - was.middle.y },
          size,
        );
        return was.distance > 0
          ? zoomed(along, is.distance / was.distance, size, is.middle)
          : along;
      });
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

function sizeOf(element: HTMLElement | null): Size {
  return { width: element?.clientWidth ?? 0, height: element?.clientHeight ?? 0 };
}
