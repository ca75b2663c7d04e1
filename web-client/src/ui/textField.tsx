import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon";
import { t } from "./words";

/** What every input has; `form.field(pointer)` gives name, value, onChange and error. */
export interface FieldProps<V> {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly name?: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly error?: string | undefined;
  /** Optional ones are marked in words; everything else is needed. */
  readonly optional?: boolean;
  readonly disabled?: boolean;
}

interface FrameProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  readonly children: (control: ControlProps) => ComponentChildren;
  /** Several controls under one label: a `<fieldset>`. */
  readonly group?: boolean;
}

interface ControlProps {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": "true" | undefined;
  readonly "aria-required": "true" | undefined;
}

/** Label, control, and right below it what is wrong and what helps. */
export function Field({ label, hint, error, optional, children, group }: FrameProps): JSX.Element {
  const id = useId();
  const hintId = hint ? `${id}-hint` : "";
  const errorId = error ? `${id}-error` : "";
  const described = `${hintId} ${errorId}`.trim();
  const control: ControlProps = {
    id,
    "aria-describedby": described || undefined,
    "aria-invalid": error ? "true" : undefined,
    "aria-required": optional || group ? undefined : "true",
  };
  const heading = (
    <>
      {label}
      {optional && <span class="field-optional"> ({t("optional")})</span>}
    </>
  );
  const rest = (
    <>
      {children(control)}
      {error && (
        <p class="field-error" id={errorId}>
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p class="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </>
  );
  return group ? (
    <fieldset
      class="field"
      data-invalid={error ? "" : undefined}
      aria-describedby={described || undefined}
    >
      <legend class="field-label">{heading}</legend>
      {rest}
    </fieldset>
  ) : (
    <div class="field" data-invalid={error ? "" : undefined}>
      <label class="field-label" for={id}>
        {heading}
      </label>
      {rest}
    </div>
  );
}

interface TextProps extends FieldProps<string> {
  readonly type?: "text" | "email" | "password" | "search" | "tel" | "date" | "time";
  readonly autocomplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal" | "email" | "tel";
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly autofocus?: boolean;
  /** The language of what is typed, when it differs from the page's. */
  readonly lang?: string;
}

export function TextInput(props: TextProps): JSX.Element {
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          class="input"
          // The JSX types tie roles to single types; this control has no role of its own.
          type={(props.type ?? "text") as "text"}
          name={props.name}
          value={props.value}
          dir="auto"
          lang={props.lang}
          autocomplete={props.autocomplete ?? "off"}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          disabled={props.disabled}
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autofocus={props.autofocus}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
