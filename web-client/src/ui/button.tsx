import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icon";

interface Look {
  /** `primary` once a page, for what the person came to do; `danger` for what cannot be undone. */
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  readonly small?: boolean;
  readonly wide?: boolean;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}

interface ButtonProps extends Look {
  readonly type?: "button" | "submit";
  readonly onPress?: (event: MouseEvent) => void;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** When the words alone do not say which one: "Remove penicillin". */
  readonly label?: string;
  readonly pressed?: boolean;
}

/** Does something here. While busy it keeps its place and its words, and cannot be pressed again. */
export function Button(props: ButtonProps): JSX.Element {
  const { type = "button", onPress, busy = false, disabled = false, label, pressed } = props;
  return (
    <button
      type={type}
      class={look(props)}
      aria-busy={busy}
      aria-disabled={busy || disabled}
      aria-label={label === undefined ? undefined : nameOf(label, props.children)}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.(event);
      }}
    >
      {busy ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        props.icon && <Icon name={props.icon} />
      )}
      <span>{props.children}</span>
    </button>
  );
}

/**
 * The name of a button for screen readers. Whoever speaks to the page says the words that are seen, so
 * they are part of it, in every language (WCAG 2.5.3).
 */
export function nameOf(label: string, seen: ComponentChildren): string {
  if (typeof seen !== "string") return label;
  const words = seen.replace(/…$/, "");
  return label.toLowerCase().includes(words.toLowerCase()) ? label : `${words}: ${label}`;
}

/** Goes somewhere; looks like a button. */
export function LinkButton(props: Look & { href: string }): JSX.Element {
  return (
    <a href={props.href} class={look(props)}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </a>
  );
}

/** A round button that is only a picture; the label is what a screen reader says. */
export function IconButton(props: {
  icon: IconName;
  label: string;
  onPress: (event: MouseEvent) => void;
  pressed?: boolean;
  disabled?: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={props.onPress}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Buttons side by side, the primary one last; stacked over the whole width on a phone. */
export function Actions({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="actions">{children}</div>;
}

function look({ kind = "plain", small, wide }: Look): string {
  return `button button-${kind}${small ? " button-small" : ""}${wide ? " button-wide" : ""}`;
}
