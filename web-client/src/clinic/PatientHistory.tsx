import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { useResource } from "../resource";
import {
  Button,
  Card,
  Dialog,
  Disclosure,
  FormFrame,
  Load,
  Row,
  Stack,
  Table,
  TextArea,
  toast,
  When,
} from "../ui";
import { entryName } from "./Conflict";
import { t } from "./words";

type Patient = Schema<"Patient">;
type Merge = Schema<"PatientMerge">;
type Entry = Schema<"PatientHistory">["items"][number];

/** Who changed what of the particulars; merges that hold can be undone here. */
export function PatientHistory(props: { patient: Patient; onUnmerged: () => void }): JSX.Element {
  const { patient } = props;
  const history = useResource(
    () =>
      ok(api.GET("/patients/{patientId}/history", { params: { path: { patientId: patient.id } } })),
    [patient.id, patient.version],
  );
  return (
    <Card>
      <Disclosure summary={t("whoChanged")} open={patient.mergedInto !== undefined}>
        <Load from={history}>
          {({ items, merges }) => (
            <Stack>
              {merges
                .filter(({ undone }) => !undone)
                .map((merge) => (
                  <MergeLine key={merge.merged.id} merge={merge} onUnmerged={props.onUnmerged} />
                ))}
              {items.map((entry) => (
                <EntryLines key={entry.version} entry={entry} />
              ))}
            </Stack>
          )}
        </Load>
      </Disclosure>
    </Card>
  );
}

const ACTS: Record<Entry["act"], () => string> = {
  register: () => t("historyRegister"),
  revise: () => t("historyRevise"),
  identify: () => t("historyIdentify"),
  merge: () => t("historyMerge"),
  unmerge: () => t("historyUnmerge"),
};

function EntryLines({ entry }: { entry: Entry }): JSX.Element {
  return (
    <section>
      <p>
        <strong>{ACTS[entry.act]()}</strong> · <bdi>{entry.by.name}</bdi> · <When at={entry.at} />
      </p>
      {entry.reason && (
        <p class="muted">
          <bdi>{entry.reason}</bdi>
        </p>
      )}
      {entry.version > 1 && entry.changes.length > 0 && (
        <Table
          caption={ACTS[entry.act]()}
          rows={entry.changes}
          rowKey={({ field }) => field}
          columns={[
            { label: t("field"), cell: ({ field }) => fieldName(field) },
            { label: t("historyBefore"), cell: ({ before }) => <bdi>{before ?? "–"}</bdi> },
            { label: t("historyAfter"), cell: ({ after }) => <bdi>{after ?? "–"}</bdi> },
          ]}
        />
      )}
    </section>
  );
}

/** `/identity/identifiers/0/value` is `identifiers 1 value`. */
function fieldName(pointer: string): string {
  return pointer
    .split("/")
    .filter((step) => step !== "" && step !== "identity")
    .map((step) => (/^\d+$/.test(step) ? String(Number(step) + 1) : entryName(step)))
    .join(" ");
}

function MergeLine(props: { merge: Merge; onUnmerged: () => void }): JSX.Element {
  const { merge } = props;
  const [asking, setAsking] = useState(false);
  const form = useForm({
    initial: { reason: "" },
    draft: `unmerge ${merge.merged.id}`,
    validate: ({ reason }) =>
      reason.trim() === "" ? [{ pointer: "/reason", detail: t("mergeReasonNeeded") }] : [],
    send: ({ reason }, key) =>
      ok(
        api.POST("/patients/{patientId}/unmerge", {
          params: { path: { patientId: merge.merged.id } },
          body: { reason },
          headers: once(key),
        }),
      ),
    onSent: () => {
      setAsking(false);
      toast(t("unmerged"));
      props.onUnmerged();
    },
  });
  const { name, localNumber } = merge.merged;
  return (
    <Row>
      <span>
        <bdi>{t("mergedFrom", { name: name ?? t("noName"), number: localNumber })}</bdi>
      </span>
      <Button small onPress={() => setAsking(true)}>
        {t("unmerge")}
      </Button>
      {asking && (
        <Dialog title={t("unmergeTitle")} onClose={() => setAsking(false)}>
          <p>{t("unmergeLead")}</p>
          <FormFrame
            form={form}
            submit={t("unmerge")}
            danger
            others={<Button onPress={() => setAsking(false)}>{t("back")}</Button>}
          >
            <TextArea
              label={t("unmergeReason")}
              rows={2}
              maxLength={500}
              {...form.field("/reason")}
            />
          </FormFrame>
        </Dialog>
      )}
    </Row>
  );
}
