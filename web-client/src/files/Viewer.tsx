import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Schema } from "../api/client";
import { Actions, Checkbox, Dialog, Select } from "../ui";
import { type Look, PLAIN, placedLike } from "./look";
import { Picture } from "./Picture";
import { t } from "./words";

type Attachment = Schema<"Attachment">;

/** Looks at pictures: larger, moved, turned, in another light, and one beside another. */
export default function Viewer(props: {
  consultId: string;
  files: readonly Attachment[];
  chosen: string;
  onClose: () => void;
}): JSX.Element {
  const { files } = props;
  const [first, setFirst] = useState(props.chosen);
  const [second, setSecond] = useState("");
  const [together, setTogether] = useState(false);
  const [looks, setLooks] = useState<ReadonlyMap<string, Look>>(new Map());
  const ids = [...new Set([first, second])];
  const shown = ids.flatMap((id) => files.filter((file) => file.id === id));
  // Pictures taken in a hurry all have the same title.
  const options = files.map(({ id, details }, index) => ({
    value: id,
    label: `${index + 1}. ${details.title}`,
  }));
  const change = (id: string, to: (look: Look) => Look) =>
    setLooks((before) => {
      const look = to(before.get(id) ?? PLAIN);
      const after = new Map(before).set(id, look);
      for (const { id: other } of together ? shown : []) {
        if (other !== id) after.set(other, placedLike(before.get(other) ?? PLAIN, look));
      }
      return after;
    });
  return (
    <Dialog full title={shown[0]?.details.title ?? ""} onClose={props.onClose}>
      <div class="viewer" data-two={shown.length > 1 ? "" : undefined}>
        {shown.map((file) => (
          <Picture
            key={file.id}
            file={file}
            consultId={props.consultId}
            look={looks.get(file.id) ?? PLAIN}
            onLook={(to) => change(file.id, to)}
          />
        ))}
      </div>
      {files.length > 1 && (
        <Actions>
          <Select label={t("title")} options={options} value={first} onChange={setFirst} />
          <Select
            label={t("beside")}
            options={[
              { value: "", label: t("nothing") },
              ...options.filter(({ value }) => value !== first),
            ]}
            value={second === first ? "" : second}
            onChange={setSecond}
          />
          {shown.length > 1 && (
            <Checkbox label={t("together")} value={together} onChange={setTogether} />
          )}
        </Actions>
      )}
      <p class="muted small viewer-keys">{t("viewerKeys")}</p>
    </Dialog>
  );
}
