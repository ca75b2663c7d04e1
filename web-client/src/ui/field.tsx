import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { instantOf, ownZone, wallClock, zoneLabel } from "../time";
import { Icon } from "./icon";
import { Field, type FieldProps } from "./textField";
import { t } from "./words";

/** Several lines; grows with what is typed. */
export function TextArea(
  props: FieldProps<string> & {
    rows?: number;
    maxLength?: number;
    placeholder?: string;
    lang?: string;
  },
): JSX.Element {
  return (
    <Field {...props}>
      {(control) => (
        <textarea
          {...control}
          class="input"
          name={props.name}
          rows={props.rows ?? 3}
          dir="auto"
          lang={props.lang}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          disabled={props.disabled}
          value={props.value}
          ref={(element) => {
            if (element) fit(element);
          }}
          onInput={(event) => {
            fit(event.currentTarget);
            props.onChange(event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}

function fit(element: HTMLTextAreaElement): void {
  element.style.blockSize = "auto";
  if (element.scrollHeight > 0) element.style.blockSize = `${element.scrollHeight + 2}px`;
}

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** One of many. `empty` is shown while nothing is chosen. */
export function Select<V extends string>(
  props: FieldProps<V> & { options: readonly Option<V>[]; empty?: string },
): JSX.Element {
  return (
    <Field {...props}>
      {(control) => (
        <div class="select">
          <select
            {...control}
            class="input"
            name={props.name}
            value={props.value}
            disabled={props.disabled}
            onChange={(event) => props.onChange(event.currentTarget.value as V)}
          >
            {props.empty !== undefined && <option value="">{props.empty}</option>}
            {props.options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </div>
      )}
    </Field>
  );
}

/**
 * One of a few, each a target for a thumb. `layout="row"` for short words side by side, `"list"`
 * for choices that need a sentence.
 */
export function Choice<V extends string>(
  props: FieldProps<V> & { options: readonly Option<V>[]; layout?: "row" | "list" },
): JSX.Element {
  const group = useId();
  return (
    <Field {...props} group>
      {() => (
        <div class={props.layout === "list" ? "choice-list" : "choice-row"}>
          {props.options.map((option) => (
            <label class="choice" key={option.value}>
              <input
                type="radio"
                name={props.name ?? group}
                value={option.value}
                checked={props.value === option.value}
                disabled={props.disabled || option.disabled}
                onChange={() => props.onChange(option.value)}
              />
              <span class="choice-words">
                <span class="choice-label">{option.label}</span>
                {option.hint && <span class="choice-hint">{option.hint}</span>}
              </span>
            </label>
          ))}
        </div>
      )}
    </Field>
  );
}

/** Yes or no; the label is the statement that the tick makes true. */
export function Checkbox(props: FieldProps<boolean>): JSX.Element {
  const id = useId();
  const described = `${props.hint ? `${id}-hint` : ""} ${props.error ? `${id}-error` : ""}`.trim();
  return (
    <div class="field" data-invalid={props.error ? "" : undefined}>
      <label class="choice">
        <input
          type="checkbox"
          name={props.name}
          checked={props.value}
          disabled={props.disabled}
          aria-describedby={described || undefined}
          aria-invalid={props.error ? "true" : undefined}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        <span class="choice-words">
          <span class="choice-label">{props.label}</span>
          {props.hint && (
            <span class="choice-hint" id={`${id}-hint`}>
              {props.hint}
            </span>
          )}
        </span>
      </label>
      {props.error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warning" />
          <span>{props.error}</span>
        </p>
      )}
    </div>
  );
}

/** A number as it was typed, with its unit: "38,5" is not thrown away while it is looked at. */
export interface Measure<U extends string = string> {
  readonly value: string;
  readonly unit: U;
}

/** A number and its unit; the unit is a choice when there are several. */
export function Quantity<U extends string>(
  props: FieldProps<Measure<U>> & { units: readonly Option<U>[]; whole?: boolean },
): JSX.Element {
  const { value, units } = props;
  return (
    <Field {...props}>
      {(control) => (
        <div class="quantity">
          <input
            {...control}
            class="input"
            name={props.name}
            inputMode={props.whole ? "numeric" : "decimal"}
            autocomplete="off"
            value={value.value}
            disabled={props.disabled}
            onInput={(event) => props.onChange({ ...value, value: event.currentTarget.value })}
          />
          {units.length === 1 ? (
            <span class="quantity-unit">
              <bdi>{units[0]?.label}</bdi>
            </span>
          ) : (
            <select
              class="input"
              aria-label={t("unit", { label: props.label })}
              value={value.unit}
              disabled={props.disabled}
              onChange={(event) =>
                props.onChange({ ...value, unit: event.currentTarget.value as U })
              }
            >
              {units.map((unit) => (
                <option key={unit.value} value={unit.value}>
                  {unit.label}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
    </Field>
  );
}

/** The number in a measure, or undefined when it is none: a decimal comma is as good as a point. */
export function numberIn(measure: Measure): number | undefined {
  const typed = measure.value.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : undefined;
}

/** A moment, typed on the wall clock of `zone` (one's own unless said); the value is an instant. */
export function DateTimeInput(
  props: FieldProps<string> & { zone?: string; min?: string; max?: string },
): JSX.Element {
  const zone = props.zone ?? ownZone();
  const hint = props.hint ?? zoneLabel(zone, props.value || Date.now());
  return (
    <Field {...props} hint={hint}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="datetime-local"
          name={props.name}
          value={props.value && wallClock(props.value, zone)}
          min={props.min && wallClock(props.min, zone)}
          max={props.max && wallClock(props.max, zone)}
          disabled={props.disabled}
          onChange={(event) => props.onChange(instantOf(event.currentTarget.value, zone) ?? "")}
        />
      )}
    </Field>
  );
}

/** Fields that belong side by side on a wide screen and below each other on a phone. */
export function FieldRow({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="field-row">{children}</div>;
}
