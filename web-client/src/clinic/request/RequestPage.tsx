import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useMe } from "../../consult";
import { useResource } from "../../resource";
import { currentAddress, navigate } from "../../router";
import { Load, Page } from "../../ui";
import { t } from "../words";
import { RequestEditor } from "./RequestEditor";
import { openDraft } from "./store";

/** A request that is being written: opened from the server and from this device. */
export default function RequestPage({ params }: { params: { consultId: string } }): JSX.Element {
  const { consultId } = params;
  const { language } = useMe().account;
  const [start] = useState(() => {
    const { query } = currentAddress();
    return { language, patientId: query.get("patient"), specialty: query.get("specialty") };
  });
  const opened = useResource(() => openDraft(consultId, start), [consultId]);
  const submitted = opened.state.kind === "ready" && opened.state.value.kind === "submitted";
  useEffect(() => {
    if (submitted) navigate(`/clinic/consults/${consultId}`, { replace: true });
  }, [submitted]);
  return (
    <Page
      title={t("newConsult")}
      width="narrow"
      back={{ href: "/clinic", label: t("allConsults") }}
    >
      <Load from={opened}>
        {(opening) =>
          opening.kind === "draft" && (
            <RequestEditor consultId={consultId} values={opening.values} theirs={opening.theirs} />
          )
        }
      </Load>
    </Page>
  );
}
