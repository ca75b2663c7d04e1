import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icon";

/** A sentence that must be seen, at the place it concerns. */
export function Notice(props: {
  tone?: "info" | "good" | "warning" | "error";
  title?: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
  /** The form's own notice can be focused when no field carries the error. */
  form?: boolean;
}): JSX.Element {
  const tone = props.tone ?? "info";
  const icon: IconName = tone === "info" ? "info" : tone === "good" ? "check" : "warning";
  return (
    <div
      class={`notice notice-${tone}`}
      role={tone === "error" ? "alert" : tone === "warning" ? "status" : undefined}
      tabIndex={props.form ? -1 : undefined}
      data-form-notice={props.form ? "" : undefined}
    >
      <Icon name={icon} />
      <div class="notice-words">
        {props.title && <strong>{props.title}</strong>}
        {props.children && <div>{props.children}</div>}
      </div>
      {props.action && <div class="notice-action">{props.action}</div>}
    </div>
  );
}
