import type { JSX } from "preact";
import { Actions, Button, Dialog, Table } from "../ui";
import { type Difference } from "./request/differences";
import { t } from "./words";

/** Two people changed the same thing: both versions side by side, and the choice. */
export function Conflict(props: {
  differences: readonly Difference[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}): JSX.Element {
  return (
    <Dialog
      title={t("differs")}
      actions={
        <Actions>
          <Button onPress={props.onTakeTheirs}>{t("takeTheirs")}</Button>
          <Button kind="primary" onPress={props.onKeepMine}>
            {t("keepMine")}
          </Button>
        </Actions>
      }
    >
      <p>{t("differsLead")}</p>
      {props.differences.length === 0 ? (
        <p class="muted">{t("differsSame")}</p>
      ) : (
        <Table
          caption={t("differs")}
          rows={props.differences}
          rowKey={({ pointer }) => pointer}
          columns={[
            { label: t("field"), cell: ({ pointer }) => entryName(pointer) },
            { label: t("yours"), cell: ({ mine }) => <bdi>{mine || "–"}</bdi> },
            { label: t("theirs"), cell: ({ theirs }) => <bdi>{theirs || "–"}</bdi> },
          ]}
        />
      )}
    </Dialog>
  );
}

/** The last step of a pointer as words: `/situation/canWaitUntil` is `can wait until`. */
export function entryName(pointer: string): string {
  const last = pointer.split("/").pop() ?? pointer;
  return last.replace(/([A-Z])/g, " $1").toLowerCase();
}
