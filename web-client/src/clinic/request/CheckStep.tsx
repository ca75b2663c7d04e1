import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { CaseView } from "../../consult";
import { Button, Notice, ProblemNotice, Stack } from "../../ui";
import { t } from "../words";
import type { Editor } from "./editor";
import { allErrors, type Step, stepName, stepOf } from "./steps";

/** What is still missing, with the way there; then the request as the specialist will see it. */
export function CheckStep(props: {
  editor: Editor;
  saved: Schema<"Request"> | undefined;
  site: Schema<"SiteRef"> | undefined;
  onGo: (step: Step) => void;
}): JSX.Element {
  const { editor, saved } = props;
  const { form, known, values } = editor;
  const missing = withServerErrors(allErrors(values, known), form.state.errors);
  const { status } = form.state;
  return (
    <Stack>
      {missing.length > 0 ? (
        <Notice tone="warning" title={t("missingTitle")}>
          <ul class="missing">
            {missing.map(({ step, errors }) => (
              <li key={step}>
                <Button small kind="quiet" onPress={() => props.onGo(step)}>
                  {stepName(step)}
                </Button>
                <ul>
                  {errors.map(({ pointer, detail }) => (
                    <li key={`${pointer} ${detail}`}>{detail}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice tone="good">{t("ready")}</Notice>
      )}
      {status.kind === "failed" && form.state.errors.length === 0 && (
        <ProblemNotice problem={status.problem} />
      )}
      <Button
        kind="primary"
        wide
        busy={form.busy}
        disabled={missing.length > 0 && form.state.errors.length === 0}
        onPress={() => form.submit()}
      >
        {t("send")}
      </Button>
      {saved ? (
        <CaseView
          request={saved}
          urgency={values.urgency || saved.triage.urgency}
          site={props.site}
        />
      ) : (
        values.patient && <p class="muted">{t("sendsSoon")}</p>
      )}
    </Stack>
  );
}

/** What the server found is shown at its step too, unless this page says the same already. */
export function withServerErrors(
  own: readonly { step: Step; errors: readonly FieldError[] }[],
  server: readonly FieldError[],
): { step: Step; errors: readonly FieldError[] }[] {
  const merged = own.map((group) => ({ ...group }));
  for (const error of server) {
    const step = stepOf(error.pointer);
    const group = merged.find((one) => one.step === step);
    if (!group) merged.push({ step, errors: [error] });
    else if (!group.errors.some(({ detail }) => detail === error.detail)) {
      group.errors = [...group.errors, error];
    }
  }
  return merged;
}
