import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, newKey, ok, once } from "../api/client";
import { useResource } from "../resource";
import { Button, ProblemNotice, toast } from "../ui";
import { AddDialog, ItemDialog } from "./dialogs";
import type { Item, Kind } from "./items";
import { SummaryShown } from "./SummaryShown";
import { t } from "./words";

type Open = { act: "add"; kind: Kind } | { act: "item"; item: Item };

/** Of a patient of the own clinic: read, and edited by thumb. */
export default function HealthCard(props: { patientId: string; mayEdit: boolean }): JSX.Element {
  const { patientId, mayEdit } = props;
  const summary = useResource(
    () => ok(api.GET("/patients/{patientId}/health-summary", { params: { path: { patientId } } })),
    [patientId],
    { live: patientId },
  );
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const kept = (words: string) => {
    close();
    toast(words);
    summary.reload();
  };
  return (
    <>
      <SummaryShown
        summary={summary}
        {...(mayEdit && {
          edit: {
            allergies: `/clinic/patients/${patientId}/edit`,
            onAdd: (kind: Kind) => setOpen({ act: "add", kind }),
            onOpen: (item: Item) => setOpen({ act: "item", item }),
            none: (kind: Kind) => (
              <SayNone patientId={patientId} kind={kind} onKept={() => kept(t("noneSaid"))} />
            ),
          },
        })}
      />
      {open?.act === "add" && (
        <AddDialog patientId={patientId} kind={open.kind} onClose={close} onKept={kept} />
      )}
      {open?.act === "item" && (
        <ItemDialog patientId={patientId} item={open.item} onClose={close} onKept={kept} />
      )}
    </>
  );
}

function SayNone(props: { patientId: string; kind: Kind; onKept: () => void }): JSX.Element {
  const { patientId, kind } = props;
  const act = useAct(
    (key, id: string) =>
      ok(
        api.POST("/patients/{patientId}/none-known", {
          params: { path: { patientId } },
          body: { id, kind },
          headers: once(key),
        }),
      ),
    props.onKept,
  );
  return (
    <>
      {act.problem && <ProblemNotice problem={act.problem} />}
      <Button small busy={act.busy} onPress={() => act.run(newKey())}>
        {noneWords(kind)}
      </Button>
    </>
  );
}

function noneWords(kind: Kind): string {
  switch (kind) {
    case "problem":
      return t("sayNoneProblem");
    case "medication":
      return t("sayNoneMedication");
    case "immunization":
      return t("sayNoneImmunization");
  }
}
