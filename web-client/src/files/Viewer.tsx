import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Schema } from "../api/client";
import { Actions, Button, Dialog, Select } from "../ui";
import { fileAddress, hasPart, sizeText } from "./names";
import { t } from "./words";

type Attachment = Schema<"Attachment">;

const ZOOM_MAX = 8;

/** Looks at pictures: larger, moved, brighter, and one beside another. */
export default function Viewer(props: {
  consultId: string;
  files: readonly Attachment[];
  chosen: string;
  onClose: () => void;
}): JSX.Element {
  const { files } = props;
  const [first, setFirst] = useState(props.chosen);
  const [second, setSecond] = useState("");
  const shown = [first, second].flatMap((id) => files.filter((file) => file.id === id));
  const options = files.map(({ id, details }) => ({ value: id, label: details.title }));
  return (
    <Dialog title={shown[0]?.details.title ?? ""} onClose={props.onClose}>
      <div class="viewer">
        {shown.map((file) => (
          <Picture key={file.id} file={file} consultId={props.consultId} />
        ))}
      </div>
      {files.length > 1 && (
        <Actions>
          <Select label={t("title")} options={options} value={first} onChange={setFirst} />
          <Select
            label={t("beside")}
            options={[{ value: "", label: t("nothing") }, ...options]}
            value={second}
            onChange={setSecond}
          />
        </Actions>
      )}
    </Dialog>
  );
}

interface Place {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

const WHOLE: Place = { zoom: 1, x: 0, y: 0 };

/** The place after zooming by `factor`: never smaller than whole, and whole is never off centre. */
export function zoomed(place: Place, factor: number): Place {
  const zoom = Math.min(ZOOM_MAX, Math.max(1, place.zoom * factor));
  if (zoom === 1) return WHOLE;
  const kept = zoom / place.zoom;
  return { zoom, x: place.x * kept, y: place.y * kept };
}

function Picture({ file, consultId }: { file: Attachment; consultId: string }): JSX.Element {
  const [place, setPlace] = useState(WHOLE);
  const [brightness, setBrightness] = useState(100);
  const [original, setOriginal] = useState(false);
  const element = useRef<HTMLImageElement>(null);
  const held = useRef<{ id: number; x: number; y: number } | undefined>(undefined);
  useEffect(() => {
    const style = element.current?.style;
    style?.setProperty("--zoom", String(place.zoom));
    style?.setProperty("--x", `${place.x}px`);
    style?.setProperty("--y", `${place.y}px`);
    style?.setProperty("--brightness", `${brightness}%`);
  }, [place, brightness]);
  const large = file.files.find(({ part }) => part === "original");
  const part = original ? "original" : hasPart(file, "preview") ? "preview" : "thumbnail";
  return (
    <figure class="viewer-picture">
      <div
        class="viewer-frame"
        onWheel={(event) => {
          event.preventDefault();
          setPlace((before) => zoomed(before, event.deltaY < 0 ? 1.25 : 0.8));
        }}
        onPointerDown={(event) => {
          held.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const from = held.current;
          if (from?.id !== event.pointerId || place.zoom === 1) return;
          const [x, y] = [event.clientX - from.x, event.clientY - from.y];
          held.current = { id: from.id, x: event.clientX, y: event.clientY };
          setPlace((before) => ({ ...before, x: before.x + x, y: before.y + y }));
        }}
        onPointerUp={() => {
          held.current = undefined;
        }}
      >
        <img
          ref={element}
          src={fileAddress(consultId, file.id, part)}
          alt={file.details.title}
          draggable={false}
        />
      </div>
      <figcaption dir="auto">
        {file.details.title}
        {file.details.caption && ` · ${file.details.caption}`}
      </figcaption>
      <Actions>
        <Button small onPress={() => setPlace((before) => zoomed(before, 1.5))}>
          {t("zoomIn")}
        </Button>
        <Button small onPress={() => setPlace((before) => zoomed(before, 1 / 1.5))}>
          {t("zoomOut")}
        </Button>
        <Button small onPress={() => setPlace(WHOLE)}>
          {t("whole")}
        </Button>
        {large && !original && large.type !== "application/dicom" && (
          <Button small onPress={() => setOriginal(true)}>
            {t("showOriginal", { size: sizeText(large.bytes) })}
          </Button>
        )}
      </Actions>
      <label class="viewer-brightness">
        <span class="small">{t("brightness")}</span>
        <input
          type="range"
          min={40}
          max={250}
          value={brightness}
          onInput={(event) => setBrightness(Number(event.currentTarget.value))}
        />
      </label>
    </figure>
  );
}
