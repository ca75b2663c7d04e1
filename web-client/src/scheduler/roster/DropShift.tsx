import type { JSX } from "preact";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { dayWithTime } from "../../time";
import { Button, Dialog, ProblemNotice, toast } from "../../ui";
import { t } from "./words";

export interface DroppedShift {
  readonly shift: Schema<"Shift">;
  readonly name: string;
}

/** Asks once more, because somebody may count on this shift. */
export function DropShift(
  props: DroppedShift & { onClose: () => void; onDropped: () => void },
): JSX.Element {
  const { shift, name } = props;
  const drop = useAct(
    (key: string) =>
      ok(
        api.DELETE("/on-call-shifts/{shiftId}", {
          params: { path: { shiftId: shift.id } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("dropped"));
      props.onDropped();
    },
  );
  return (
    <Dialog
      title={t("dropTitle")}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{t("keep")}</Button>
          <Button kind="danger" busy={drop.busy} onPress={() => drop.run()}>
            {t("drop")}
          </Button>
        </>
      }
    >
      <p>{t("dropLead", { name, from: dayWithTime(shift.start), to: dayWithTime(shift.end) })}</p>
      {drop.problem && <ProblemNotice problem={drop.problem} />}
    </Dialog>
  );
}
