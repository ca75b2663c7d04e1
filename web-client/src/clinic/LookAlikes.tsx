import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../api/client";
import { List } from "../ui";
import { patientRow } from "./PatientSearch";
import { t } from "./words";

export type LookAlike = Schema<"LookAlikes">["items"][number];

/** People who may be one and the same, each with what speaks for it and what against. */
export function LookAlikes(props: {
  items: readonly LookAlike[];
  actions: (one: LookAlike) => ComponentChildren;
}): JSX.Element {
  return (
    <List
      label={t("alikeTitle")}
      rows={props.items.map((one) => {
        const row = patientRow(one.patient);
        return {
          ...row,
          detail: (
            <>
              {row.detail}
              <ul class="reasons">
                {one.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </>
          ),
          aside: props.actions(one),
        };
      })}
    />
  );
}
