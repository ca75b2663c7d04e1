import type { FieldError } from "../../api/problem";
import { type At, errorAt, type FieldBinding, type Form, type Pointer } from "../../form";
import type { Known } from "./steps";
import type { DraftValues } from "./values";

/** What every step of the form gets. */
export interface Editor {
  readonly form: Form<DraftValues>;
  readonly values: DraftValues;
  readonly known: Known;
  /** Like `form.field`, with what this page can see to be wrong once the step was tried. */
  bind<P extends Pointer<DraftValues>>(pointer: P): FieldBinding<At<DraftValues, P>>;
  /** The error at a pointer that is drawn by hand. */
  error(pointer: string): string | undefined;
}

export function editorOf(
  form: Form<DraftValues>,
  known: Known,
  errors: readonly FieldError[],
): Editor {
  return {
    form,
    values: form.values,
    known,
    bind(pointer) {
      const field = form.field(pointer);
      return { ...field, error: errorAt(errors, pointer) ?? field.error };
    },
    error: (pointer) => errorAt(errors, pointer) ?? errorAt(form.state.errors, pointer),
  };
}
