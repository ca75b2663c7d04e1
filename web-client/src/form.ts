import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { newKey } from "./api/client";
import { asProblem, type FieldError, type Problem } from "./api/problem";
import { readDraft, removeDraft, saveOnLeaving, writeDraft } from "./drafts";
import { unheard } from "./offline/acts";
import { NOBODY, vaultAccount, vaultNow } from "./offline/vault";
import { currentAddress } from "./router";

/** JSON pointers (RFC 6901) to every value in `T`: `/age/unit`, `/allergies/0/name`. */
export type Pointer<T> = T extends readonly (infer U)[]
  ? `/${number}` | `/${number}${Pointer<NonNullable<U>>}`
  : T extends object
    ? { [K in keyof T & string]: `/${K}` | `/${K}${Pointer<NonNullable<T[K]>>}` }[keyof T & string]
    : never;

/** The type of the value a pointer leads to. */
export type At<T, P extends string> = P extends `/${infer Key}/${infer Rest}`
  ? At<Step<NonNullable<T>, Key>, `/${Rest}`>
  : P extends `/${infer Key}`
    ? Step<NonNullable<T>, Key>
    : never;
type Step<T, Key extends string> = T extends readonly (infer U)[]
  ? U
  : Key extends keyof T
    ? T[Key]
    : never;

/** Everything a form can be: what was typed, what is wrong, and how sending goes. */
export interface FormState<T> {
  readonly values: T;
  readonly errors: readonly FieldError[];
  readonly status:
    | { readonly kind: "editing" }
    | { readonly kind: "sending" }
    | { readonly kind: "failed"; readonly problem: Problem };
  /** Names the act; kept while its outcome is unknown. */
  readonly key: string;
  /** True when the values came back from a draft. */
  readonly restored: boolean;
}

/** What an input needs; spread it: `<TextInput label="…" {...form.field("/name")} />`. */
export interface FieldBinding<V> {
  readonly name: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly error: string | undefined;
}

export interface Form<T> {
  readonly state: FormState<T>;
  readonly values: T;
  readonly busy: boolean;
  /** The sentence for the top of the form: why sending failed, or errors with no field. */
  readonly notice: string | undefined;
  field<P extends Pointer<T>>(pointer: P): FieldBinding<At<T, P>>;
  /** Changes several values at once, for lists that grow and shrink. */
  change(update: (values: T) => T): void;
  /** For `<form onSubmit>`. */
  submit(event?: Event): void;
  /** Back to the initial values; the draft goes too. */
  discard(): void;
}

export interface FormOptions<T, R> {
  readonly initial: T;
  /** Keeps a draft under this name until it is sent or discarded: `new-consult`. */
  readonly draft?: string;
  /** Values that no draft holds, such as a password. */
  readonly notInDraft?: readonly (keyof T & string)[];
  /** What the page itself can see to be wrong; the server's answer is the one that counts. */
  readonly validate?: (values: T) => readonly FieldError[];
  /** Sends the values; `key` goes into `headers: once(key)`. */
  readonly send: (values: T, key: string) => Promise<R>;
  /** Not called once the person has gone on to another page, or another person is here. */
  readonly onSent: (result: R, values: T) => void;
  /** Where an error of the sent body is shown, when body and form differ in shape. */
  readonly fieldOf?: (pointer: string) => string;
}

const INVALID_FIELD = "[aria-invalid=true], fieldset[data-invalid] input";
const FORM_NOTICE = "[data-form-notice]";
const DRAFT_DELAY_MILLISECONDS = 250;

export function useForm<T extends object, R>(options: FormOptions<T, R>): Form<T> {
  const latest = useRef(options);
  latest.current = options;
  const [state, setState] = useState<FormState<T>>(() => fresh(options.initial));
  const current = useRef(state);
  /** Fields drawn the last time and this time: a notice may be drawn above its form's fields. */
  const shownFields = useRef({ last: new Set<string>(), now: new Set<string>() });
  const formElement = useRef<HTMLFormElement | undefined>(undefined);
  const focusError = useRef(false);
  shownFields.current = { last: shownFields.current.now, now: new Set() };

  const apply = useCallback((update: (before: FormState<T>) => FormState<T>) => {
    current.current = update(current.current);
    setState(current.current);
  }, []);

  const draft = useDraft(options.draft, options.notInDraft ?? [], current, apply);

  const underWay = useRef("");
  const gone = useRef(false);
  useLayoutEffect(() => {
    return () => {
      gone.current = true;
      unheard.set(underWay.current);
    };
  }, []);

  useLayoutEffect(() => {
    if (!focusError.current) return;
    focusError.current = false;
    const scope: ParentNode = formElement.current ?? document;
    const first =
      scope.querySelector<HTMLElement>(INVALID_FIELD) ??
      scope.querySelector<HTMLElement>(FORM_NOTICE);
    first?.focus();
  });

  function submit(event?: Event): void {
    event?.preventDefault();
    if (current.current.status.kind === "sending") return;
    if (event?.currentTarget instanceof HTMLFormElement) formElement.current = event.currentTarget;
    const { values, key } = current.current;
    const errors = latest.current.validate?.(values) ?? [];
    if (errors.length > 0) {
      focusError.current = true;
      apply((before) => ({ ...before, errors, status: { kind: "editing" } }));
      return;
    }
    apply((before) => ({ ...before, errors: [], status: { kind: "sending" } }));
    underWay.current = key;
    const isSeen = seenFromHere(gone);
    latest.current.send(values, key).then(
      (result) => {
        underWay.current = "";
        draft.remove();
        apply((before) => ({ ...before, status: { kind: "editing" }, key: newKey() }));
        if (isSeen()) latest.current.onSent(result, values);
      },
      (error: unknown) => {
        underWay.current = "";
        focusError.current = true;
        apply((before) => refused(before, asProblem(error), latest.current.fieldOf));
      },
    );
  }

  return {
    state,
    values: state.values,
    busy: state.status.kind === "sending",
    get notice() {
      return noticeOf(state, [...shownFields.current.last, ...shownFields.current.now]);
    },
    field(pointer) {
      shownFields.current.now.add(pointer);
      return {
        name: pointer,
        value: valueAt(state.values, pointer) as never,
        onChange: (value) => {
          apply((before) => edited(before, pointer, value));
          draft.save();
        },
        error: errorAt(state.errors, pointer),
      };
    },
    change(update) {
      apply((before) => ({ ...before, values: update(before.values), key: newKey() }));
      draft.save();
    },
    submit,
    discard() {
      draft.remove();
      apply(() => fresh(latest.current.initial));
    },
  };
}

/**
 * Answers, whenever it is called, whether the same person still has the same page before them. A
 * dialog that was closed meanwhile leaves its page, which wants to know.
 */
function seenFromHere(gone: { readonly current: boolean }): () => boolean {
  const account = vaultAccount();
  const { path } = currentAddress();
  return () =>
    (account === NOBODY || account === vaultAccount()) &&
    (!gone.current || path === currentAddress().path);
}

function useDraft<T extends object>(
  name: string | undefined,
  leftOut: readonly string[],
  current: { current: FormState<T> },
  apply: (update: (before: FormState<T>) => FormState<T>) => void,
) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const touched = useRef(false);
  /** What is typed here belongs to whom the form was opened for, however late an answer comes. */
  const vault = useRef(vaultNow()).current;

  const saveNow = useCallback(() => {
    if (timer.current === undefined || name === undefined) return undefined;
    clearTimeout(timer.current);
    timer.current = undefined;
    const { values, key } = current.current;
    const kept = Object.entries(values).filter(([field]) => !leftOut.includes(field));
    const draft = { values: Object.fromEntries(kept), key, savedAt: Date.now() };
    return writeDraft(name, draft, vault);
  }, [name]);

  useEffect(() => {
    if (name === undefined) return;
    let gone = false;
    void readDraft(name, vault).then((found) => {
      if (found && !gone && !touched.current) {
        apply((before) => ({ ...before, ...restoredFrom(before, found), restored: true }));
      }
    });
    const stop = saveOnLeaving(saveNow);
    return () => {
      gone = true;
      void saveNow();
      stop();
    };
  }, [name]);

  return {
    save() {
      touched.current = true;
      if (name === undefined) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(saveNow, DRAFT_DELAY_MILLISECONDS);
    },
    remove() {
      clearTimeout(timer.current);
      timer.current = undefined;
      if (name !== undefined) void removeDraft(name, vault);
    },
  };
}

export function fresh<T>(values: T): FormState<T> {
  return { values, errors: [], status: { kind: "editing" }, key: newKey(), restored: false };
}

/** A field was changed: its error is no longer true, and the act is another one. */
export function edited<T>(before: FormState<T>, pointer: string, value: unknown): FormState<T> {
  return {
    ...before,
    values: withValueAt(before.values, pointer, value),
    errors: before.errors.filter((error) => !covers(pointer, error.pointer)),
    status: before.status.kind === "sending" ? before.status : { kind: "editing" },
    key: newKey(),
  };
}

/** The server said no, or nothing: what was typed stays; the key stays when nobody knows. */
export function refused<T>(
  before: FormState<T>,
  problem: Problem,
  fieldOf: (pointer: string) => string = (pointer) => pointer,
): FormState<T> {
  return {
    ...before,
    status: { kind: "failed", problem },
    errors: problem.errors.map(({ pointer, detail }) => ({ pointer: fieldOf(pointer), detail })),
    key: problem.outcomeUnknown ? before.key : newKey(),
  };
}

/** A draft of an older build may lack fields that the form has today: they start as usual. */
export function restoredFrom<T>(
  before: FormState<T>,
  draft: { values: unknown; key: string },
): Pick<FormState<T>, "values" | "key"> {
  const whole = typeof draft.values === "object" && draft.values !== null;
  return whole
    ? { values: { ...before.values, ...(draft.values as Partial<T>) }, key: draft.key }
    : { values: before.values, key: before.key };
}

/** The error of a field: its own, or of a part of it that has no field to itself. */
export function errorAt(errors: readonly FieldError[], pointer: string): string | undefined {
  const own = errors.find((error) => error.pointer === pointer);
  return (own ?? errors.find((error) => covers(pointer, error.pointer)))?.detail;
}

function noticeOf<T>(state: FormState<T>, shown: readonly string[]): string | undefined {
  const homeless = state.errors.filter(
    (error) => !shown.some((pointer) => covers(pointer, error.pointer)),
  );
  if (homeless.length > 0) return homeless.map((error) => error.detail).join(" ");
  return state.status.kind === "failed" ? state.status.problem.sentence : undefined;
}

function covers(pointer: string, inner: string): boolean {
  return inner === pointer || inner.startsWith(`${pointer}/`);
}

export function valueAt(value: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown> | undefined | null)?.[step],
    value,
  );
}

/** A copy of `value` with another value at `pointer`; the original is untouched. */
export function withValueAt<T>(value: T, pointer: string, next: unknown): T {
  const [step, ...rest] = steps(pointer);
  if (step === undefined) return next as T;
  const inner = (value as Record<string, unknown> | undefined)?.[step];
  const changed =
    rest.length === 0 ? next : withValueAt(inner ?? {}, `/${rest.map(escape).join("/")}`, next);
  if (Array.isArray(value)) {
    const copy: unknown[] = [...(value as unknown[])];
    copy[Number(step)] = changed;
    return copy as T;
  }
  return { ...value, [step]: changed };
}

function steps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function escape(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
