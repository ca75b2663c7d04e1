import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok } from "../api/client";
import { useResource } from "../resource";
import { lazy } from "../ui";
import { fileAddress, hasPart, isPicture, kindName } from "./names";
import { t } from "./words";
import "./files.css";

const Viewer = lazy(() => import("./Viewer"));

/** The files that a message speaks of, small; a press shows one large. */
export default function NamedFiles(props: {
  consultId: string;
  ids: readonly string[];
}): JSX.Element | null {
  const { consultId } = props;
  const [viewed, setViewed] = useState<string>();
  const listed = useResource(
    () => ok(api.GET("/consults/{consultId}/attachments", { params: { path: { consultId } } })),
    [consultId],
    { live: consultId },
  );
  if (listed.state.kind !== "ready") return null;
  const { items, withheld } = listed.state.value;
  const named = items.filter(({ id }) => props.ids.includes(id));
  const pictures = withheld === "none" ? named.filter(isPicture) : [];
  return (
    <div class="files-named">
      {named.map((file) =>
        pictures.includes(file) ? (
          <button
            key={file.id}
            type="button"
            class="file-picture"
            aria-label={t("view", { title: file.details.title })}
            onClick={() => setViewed(file.id)}
          >
            <img
              src={fileAddress(
                consultId,
                file.id,
                hasPart(file, "thumbnail") ? "thumbnail" : "preview",
              )}
              alt=""
              loading="lazy"
            />
          </button>
        ) : (
          <span key={file.id} class="muted small" dir="auto">
            {kindName(file.details.kind)}: {file.details.title}
          </span>
        ),
      )}
      {viewed && (
        <Viewer
          consultId={consultId}
          files={pictures}
          chosen={viewed}
          onClose={() => setViewed(undefined)}
        />
      )}
    </div>
  );
}
