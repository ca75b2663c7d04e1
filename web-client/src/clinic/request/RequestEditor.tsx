import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { asProblem } from "../../api/problem";
import { EmergencySteps, personText, useMe, useTriageRules, valueOf } from "../../consult";
import { useForm } from "../../form";
import { comma } from "../../i18n/comma";
import type { Act, Handed } from "../../offline/acts";
import { hand } from "../../offline/hand";
import { vaultNow } from "../../offline/vault";
import { t as offline } from "../../offline/words";
import { useResource } from "../../resource";
import { navigate, useAddress } from "../../router";
import { clockTime } from "../../time";
import { Button, Dialog, Disclosure, lazy, Notice, ProblemNotice, Stack, toast } from "../../ui";
import "../clinic.css";
import { Conflict } from "../Conflict";
import { t } from "../words";
import { BackgroundStep, SituationStep, WantedStep } from "./CaseSteps";
import { CheckStep } from "./CheckStep";
import { ConsentStep } from "./ConsentStep";
import { DetailsStep } from "./DetailsStep";
import { differences } from "./differences";
import { type Editor, editorOf } from "./editor";
import { SignsStep, VitalsStep } from "./FindingSteps";
import { useCaseForms } from "./forms";
import { PatientStep } from "./PatientStep";
import { type Saving, type SaveState, useSaving } from "./saving";
import {
  allErrors,
  errorsIn,
  fieldOf,
  isStep,
  type Known,
  nextNeeded,
  type Step,
  stepName,
  STEPS,
} from "./steps";
import { StepBar } from "./StepBar";
import { draftName } from "./draftName";
import { type TriageState, useTriage } from "./triage";
import { TriageStrip, UrgencyStep } from "./UrgencyStep";
import { consentsOf, contentOf, type DraftValues, findingsOf } from "./values";

const FilesPanel = lazy(() => import("../../files/FilesPanel"));

type Texts = { items: Schema<"ConsentText">[] };

/** The form, one step on the screen at a time; everything typed is kept at once. */
export function RequestEditor(props: {
  consultId: string;
  values: DraftValues;
  theirs: Schema<"Request"> | undefined;
}): JSX.Element {
  const { consultId } = props;
  const { membership } = useMe();
  const rules = valueOf(useTriageRules());
  const saveRef = useRef<Saving["save"]>(() => Promise.resolve(0));
  const knownRef = useRef<Known>({ rules: undefined, triage: undefined, texts: undefined });

  const form = useForm<DraftValues, Handed>({
    initial: props.values,
    draft: draftName(consultId),
    validate: (values) => allErrors(values, knownRef.current).flatMap(({ errors }) => errors),
    fieldOf,
    send: async (values, key) => {
      const vault = vaultNow();
      const unsaved = { revision: values.revision, saved: false };
      const based = await saveRef
        .current()
        .then((revision) => ({ revision, saved: true }))
        .catch((error: unknown) => unlessAway(error, unsaved));
      const { rules: known, texts = [] } = knownRef.current;
      const content = contentOf(values, known);
      if (!content || !values.patient) throw new Error("a request without a patient");
      const act: Act = {
        id: key,
        title: values.question.trim(),
        actedAt: Date.now(),
        form: { draft: draftName(consultId), values, page: `/clinic/drafts/${consultId}` },
        doing: {
          kind: "request",
          consultId,
          patientId: values.patient.id,
          body: {
            ...based,
            content,
            urgency: values.urgency || knownRef.current.triage?.urgency || undefined,
            urgencyReason: values.urgencyReason.trim() || undefined,
            findings: findingsOf(values, known),
            consents: consentsOf(values, texts),
          },
        },
      };
      return hand(act, vault);
    },
    onSent: ({ kind }) => {
      toast(kind === "sent" ? t("sent") : offline("kept"));
      const page = kind === "sent" ? `/clinic/consults/${consultId}` : "/clinic";
      navigate(page, { replace: true });
    },
  });
  const { values } = form;

  const triage = useTriage(findingsOf(values, rules));
  const saving = useSaving(consultId, form, rules, props.theirs);
  const language = values.patient?.language;
  const texts = useResource(
    (): Promise<Texts> =>
      language === undefined
        ? Promise.resolve({ items: [] })
        : ok(api.GET("/consent-texts", { params: { query: { language } } })),
    [language],
  );
  const forms = useCaseForms(values);
  const known: Known = { rules, triage: triage.triage, texts: valueOf(texts)?.items, forms };
  useEffect(() => {
    saveRef.current = saving.save;
    knownRef.current = known;
  });

  useEffect(() => {
    if (saving.state.kind === "submitted") {
      form.discard();
      navigate(`/clinic/consults/${consultId}`, { replace: true });
    }
  }, [saving.state.kind]);

  const [step, go] = useStep(() => void saving.save().catch(() => {}));
  const [tried, setTried] = useState<ReadonlySet<Step>>(new Set());
  const errors = errorsIn(step, values, known);
  const editor = editorOf(form, known, tried.has(step) ? errors : []);
  const leave = (to: Step) => {
    setTried((before) => new Set(before).add(step));
    go(to);
  };
  const registration = useRegistration(() => leave("situation"), values.patient !== null);
  const next = STEPS[STEPS.indexOf(step) + 1];
  const back = STEPS[STEPS.indexOf(step) - 1];
  const site = membership.site;

  return (
    <Stack>
      <StepHead step={step} values={values} known={known} onGo={leave} />
      {triage.triage?.urgency === "red" && step !== "check" && (
        <EmergencySteps contact={site?.emergencyContact} short={!FOUND_AT.includes(step)} />
      )}
      {step !== "urgency" && step !== "check" && <TriageStrip state={triage} />}
      <StepBody
        step={step}
        editor={editor}
        tried={tried.has(step)}
        triage={triage}
        texts={texts}
        saving={saving}
        site={site}
        onGo={leave}
        onRegistering={registration.setRunning}
        onChosen={() => leave("situation")}
      />
      {step === "vitals" && <FilesPanel consultId={consultId} mayAdd />}
      {tried.has(step) && errors.length > 0 && <Notice tone="warning">{t("mendFirst")}</Notice>}
      <StepBar
        consultId={consultId}
        back={back}
        next={next}
        needed={nextNeeded(step, values, known)}
        busy={registration.waiting}
        anyway={tried.has(step) && errors.length > 0}
        onBack={leave}
        onNext={(to) => {
          if (registration.hold()) return;
          // The first time errors are shown at their fields; the second time one may go on.
          if (errors.length > 0 && !tried.has(step)) {
            setTried((before) => new Set(before).add(step));
            focusFirstError();
          } else leave(to);
        }}
      />
      <SaveLine state={saving.state} />
      <Leaving consultId={consultId} saving={saving} onDiscard={form.discard} values={values} />
      {saving.state.kind === "conflict" && (
        <Conflict
          differences={differences(contentOf(values, rules), saving.state.theirs.content)}
          onKeepMine={saving.keepMine}
          onTakeTheirs={saving.takeTheirs}
        />
      )}
    </Stack>
  );
}

/** Without a link the words are saved by the queue; anything else is told where they were typed. */
function unlessAway<T>(error: unknown, otherwise: T): T {
  if (asProblem(error).status === 0) return otherwise;
  throw error;
}

/** Where a finding turns the urgency red: there the steps are told in full. */
const FOUND_AT: readonly Step[] = ["vitals", "signs", "details", "urgency"];

/** After the page was drawn again with the errors in it. */
function focusFirstError(): void {
  setTimeout(() => {
    document
      .querySelector<HTMLElement>(
        "main [aria-invalid=true], main fieldset[data-invalid] input, main [role=alert]",
      )
      ?.focus();
  });
}

/** The step lives in the address, so that the phone's back button goes one step back. */
function useStep(onChange: () => void): [Step, (step: Step) => void] {
  const { path, query } = useAddress();
  const named = query.get("step");
  const step = isStep(named) ? named : "patient";
  return [
    step,
    (to) => {
      if (to === step) return;
      onChange();
      navigate(`${path}?step=${to}`);
      scrollTo(0, 0);
      document.getElementById("step-title")?.focus({ preventScroll: true });
    },
  ];
}

/** "Next" pressed while a patient is being registered: one goes on as soon as that is done. */
function useRegistration(goOn: () => void, chosen: boolean) {
  const [running, setRunning] = useState(false);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (running || !waiting) return;
    setWaiting(false);
    if (chosen) goOn();
  }, [running, waiting, chosen]);
  return {
    waiting,
    setRunning,
    hold() {
      if (running) setWaiting(true);
      return running;
    },
  };
}

function StepHead(props: {
  step: Step;
  values: DraftValues;
  known: Known;
  onGo: (step: Step) => void;
}): JSX.Element {
  const { step, values, known } = props;
  const at = STEPS.indexOf(step) + 1;
  return (
    <div class="step-head">
      <progress class="step-progress" value={at} max={STEPS.length} aria-hidden="true" />
      <p class="muted small">{t("stepOf", { step: at, of: STEPS.length })}</p>
      <h2 id="step-title" tabIndex={-1}>
        {stepName(step)}
      </h2>
      {values.patient && step !== "patient" && (
        <p class="muted">
          <bdi>{values.patient.name ?? values.patient.localNumber}</bdi>
          {comma()}
          {personText(values.patient)}
        </p>
      )}
      <Disclosure summary={t("allSteps")}>
        <ol class="steps">
          {STEPS.map((one) => {
            const missing = one === "check" ? 0 : errorsIn(one, values, known).length;
            return (
              <li key={one}>
                <button
                  type="button"
                  class="step-link"
                  aria-current={one === step ? "step" : undefined}
                  onClick={() => props.onGo(one)}
                >
                  <span>{stepName(one)}</span>
                  {missing > 0 && (
                    <span class="muted small">{t("incomplete", { count: missing })}</span>
                  )}
                </button>
              </li>
            );
          })}
        </ol>
      </Disclosure>
    </div>
  );
}

function StepBody(props: {
  step: Step;
  editor: Editor;
  tried: boolean;
  triage: TriageState;
  texts: ReturnType<typeof useResource<Texts>>;
  saving: Saving;
  site: Schema<"SiteRef"> | undefined;
  onGo: (step: Step) => void;
  onRegistering: (busy: boolean) => void;
  onChosen: () => void;
}): JSX.Element {
  const { editor } = props;
  switch (props.step) {
    case "patient":
      return (
        <PatientStep
          editor={editor}
          onRegistering={props.onRegistering}
          onChosen={props.onChosen}
        />
      );
    case "situation":
      return <SituationStep editor={editor} />;
    case "background":
      return <BackgroundStep editor={editor} />;
    case "vitals":
      return <VitalsStep editor={editor} />;
    case "signs":
      return <SignsStep editor={editor} />;
    case "details":
      return <DetailsStep editor={editor} tried={props.tried} />;
    case "wanted":
      return <WantedStep editor={editor} />;
    case "urgency":
      return <UrgencyStep editor={editor} state={props.triage} />;
    case "consent":
      return <ConsentStep editor={editor} texts={props.texts} />;
    case "check":
      return (
        <CheckStep editor={editor} saved={props.saving.saved} site={props.site} onGo={props.onGo} />
      );
  }
}

function SaveLine({ state }: { state: SaveState }): JSX.Element {
  return (
    <p class="save-line" role="status">
      {saveText(state)}
    </p>
  );
}

/** The truth about where the words are. */
export function saveText(state: SaveState): string {
  switch (state.kind) {
    case "saving":
      return t("saving");
    case "saved":
      return t("savedAt", { time: clockTime(state.at) });
    case "failed":
      return t("notSaved", { reason: state.problem.sentence });
    case "here":
    case "conflict":
    case "submitted":
      return t("savedHere");
  }
}

function Leaving(props: {
  consultId: string;
  saving: Saving;
  values: DraftValues;
  onDiscard: () => void;
}): JSX.Element {
  const [asking, setAsking] = useState(false);
  const discard = useAct(
    async (key) => {
      if (props.values.revision === 0) return;
      await ok(
        api.DELETE("/consults/{consultId}/request", {
          params: { path: { consultId: props.consultId } },
          headers: once(key),
        }),
      );
    },
    () => {
      props.onDiscard();
      toast(t("discarded"));
      navigate("/clinic", { replace: true });
    },
  );
  const later = () => {
    void props.saving.save().catch(() => {});
    toast(t("kept"));
    navigate("/clinic");
  };
  return (
    <div class="row">
      <Button small kind="quiet" onPress={later}>
        {t("later")}
      </Button>
      <Button small kind="quiet" onPress={() => setAsking(true)}>
        {t("discard")}
      </Button>
      {asking && (
        <Dialog
          title={t("discardTitle")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onPress={() => setAsking(false)}>{t("later")}</Button>
              <Button kind="danger" busy={discard.busy} onPress={() => discard.run()}>
                {t("discard")}
              </Button>
            </>
          }
        >
          <p>{t("discardLead")}</p>
          {discard.problem && <ProblemNotice problem={discard.problem} />}
        </Dialog>
      )}
    </div>
  );
}
