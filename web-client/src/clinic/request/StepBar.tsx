import type { ComponentChildren, JSX } from "preact";
import { Button, lazy } from "../../ui";
import { t } from "../words";
import { type Step, stepName } from "./steps";

const TakePicture = lazy(() => import("../../files/TakePicture"));

/** The way on and back and the camera, where the thumb is, on every step. */
export function StepBar(props: {
  consultId: string;
  back: Step | undefined;
  next: Step | undefined;
  /** The next step that something is missing in; steps between may be left out. */
  needed: Step | undefined;
  busy: boolean;
  /** What is said of going on although something is missing. */
  anyway: boolean;
  onBack: (to: Step) => void;
  onNext: (to: Step) => void;
  children?: ComponentChildren;
}): JSX.Element {
  const { back, next, needed } = props;
  return (
    <div class="step-bar">
      {needed && needed !== next && next && !props.anyway && (
        <Button small kind="quiet" onPress={() => props.onNext(needed)}>
          {t("skipTo", { step: stepName(needed) })}
        </Button>
      )}
      <div class="step-bar-acts">
        {back && <Button onPress={() => props.onBack(back)}>{t("back")}</Button>}
        <TakePicture consultId={props.consultId} />
        {next && (
          <Button kind="primary" busy={props.busy} onPress={() => props.onNext(next)}>
            {props.anyway ? t("nextAnyway") : t("next")}
          </Button>
        )}
      </div>
    </div>
  );
}
