import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { api, newKey, ok, once, sameIsHere, type Schema } from "../api/client";
import { asProblem, Problem, unreachable } from "../api/problem";
import { useMe } from "../consult";
import { type Form, useForm } from "../form";
import type { Act, Handed } from "../offline/acts";
import { correctionsOf, hand, unrefused } from "../offline/hand";
import { type Vault, vaultAccount, vaultNow } from "../offline/vault";
import { t as offline } from "../offline/words";
import { Button, Card, FormFrame, Row, toast } from "../ui";
import { Conflict } from "./Conflict";
import { type LookAlike, LookAlikes } from "./LookAlikes";
import {
  NEW_PATIENT,
  particularsOf,
  patientErrors,
  patientFieldOf,
  type PatientValues,
  valuesOf,
} from "./patient";
import { PatientFields } from "./PatientFields";
import { differences } from "./request/differences";
import { t } from "./words";

type Patient = Schema<"Patient">;

/** Without a link nobody can be compared; the patient's page shows who is alike later. */
function withoutLink(error: unknown): undefined {
  const { status } = asProblem(error);
  if (status !== 0) throw error;
}

/**
 * Registers somebody. The id is made here, so that sending twice makes one patient. Before the
 * first sending those who look like the same person are shown, and somebody decides.
 */
export function RegisterForm(props: {
  onRegistered: (patient: Patient) => void;
  /** True from sending until the answer, or until the form goes. */
  onBusy?: (busy: boolean) => void;
}): JSX.Element {
  const { membership } = useMe();
  const [alike, setAlike] = useState<readonly LookAlike[]>([]);
  /** Those who were shown and are other people. */
  const others = useRef<readonly string[]>([]);
  const form = useForm<PatientValues & { id: string }, Patient>({
    initial: { ...NEW_PATIENT, siteId: membership.site?.id ?? "", id: newKey() },
    draft: "patient new",
    validate: patientErrors,
    fieldOf: patientFieldOf,
    send: async ({ id, ...values }, key) => {
      const particulars = particularsOf(values);
      const vault = vaultNow();
      const isTheirs = sameIsHere();
      const later = () => registerLater(id, key, particulars, { ...values, id }, vault);
      const looked = await ok(api.POST("/patients/look-alikes", { body: particulars })).catch(
        withoutLink,
      );
      if (!looked) return later();
      const { items } = looked;
      const unseen = items.filter(
        ({ patient }) => patient.id !== id && !others.current.includes(patient.id),
      );
      if (unseen.length > 0) {
        setAlike(items.filter(({ patient }) => patient.id !== id));
        throw lookFirst();
      }
      // Never in the name of who has come to the screen while it was looked.
      if (!isTheirs()) return later();
      const registered = await ok(
        api.POST("/patients", { body: { id, particulars }, headers: once(key) }),
      );
      for (const otherId of others.current) {
        if (!isTheirs()) throw unreachable();
        await ok(
          api.POST("/patients/{patientId}/distinction", {
            params: { path: { patientId: id } },
            body: { otherId },
            headers: once(`${key}-${otherId}`),
          }),
        );
      }
      return registered;
    },
    onSent: (patient) => props.onRegistered(patient),
  });
  async function registerLater(
    id: string,
    key: string,
    particulars: Schema<"PatientParticulars">,
    values: unknown,
    vault: Vault,
  ): Promise<Patient> {
    const act: Act = {
      id: key,
      title: particulars.name ?? particulars.localNumber,
      actedAt: Date.now(),
      form: { draft: "patient new", values, page: "/clinic/patients/new" },
      doing: { kind: "patient", patientId: id, body: particulars },
    };
    const handed = await hand(act, vault);
    if (handed.kind === "sent" && handed.answer) return handed.answer as Patient;
    if (vault.account === vaultAccount()) toast(offline("kept"));
    const { patientHere } = await import("./patientHere");
    return patientHere(id, particulars, membership.site, vault);
  }
  useLayoutEffect(() => {
    props.onBusy?.(form.busy);
    return () => props.onBusy?.(false);
  }, [form.busy]);
  return (
    <>
      <FormFrame form={form} submit={t("register")}>
        <PatientFields form={form as unknown as Form<PatientValues>} />
      </FormFrame>
      {alike.length > 0 && (
        <Card title={t("alikeTitle")} tone="raised">
          <LookAlikes
            items={alike}
            actions={({ patient }) => (
              <Button
                small
                onPress={() => {
                  form.discard();
                  props.onRegistered(patient);
                }}
              >
                {t("alikeSame")}
              </Button>
            )}
          />
          <Row>
            <Button
              kind="primary"
              busy={form.busy}
              onPress={() => {
                others.current = alike.map(({ patient }) => patient.id);
                setAlike([]);
                form.submit();
              }}
            >
              {t("alikeNone")}
            </Button>
          </Row>
        </Card>
      )}
    </>
  );
}

function lookFirst(): Problem {
  return new Problem({
    kind: "answered",
    status: 409,
    code: "look-first",
    sentence: t("alikeFound"),
  });
}

/** Corrects somebody's particulars; another's change meanwhile is shown, never overwritten. */
export function CorrectForm(props: {
  patient: Patient;
  onCorrected: (handed: Handed) => void;
}): JSX.Element {
  const [theirs, setTheirs] = useState<Patient>();
  const { id } = props.patient;
  const draft = `patient ${id}`;
  // What was corrected without a link goes first, and this from there.
  const waiting = useRef(unrefused(correctionsOf(id)).at(-1)).current;
  const form = useForm({
    // A draft goes on from the version that was read when it was typed.
    initial: waiting
      ? {
          ...(waiting.form.values as PatientValues),
          version: waiting.doing.version,
          after: waiting.id,
        }
      : { ...valuesOf(props.patient), version: props.patient.version, after: "" },
    draft,
    validate: patientErrors,
    fieldOf: patientFieldOf,
    send: ({ version, after, ...values }, key) => {
      const body = particularsOf(values);
      return hand({
        id: key,
        title: body.name ?? body.localNumber,
        actedAt: Date.now(),
        ...(after && { after }),
        form: { draft, values: { ...values, version, after }, page: `/clinic/patients/${id}/edit` },
        doing: { kind: "correction", patientId: id, version, body },
      }).catch(async (error: unknown) => {
        if (error instanceof Problem && error.status === 412) {
          setTheirs(
            await ok(api.GET("/patients/{patientId}", { params: { path: { patientId: id } } })),
          );
        }
        throw error;
      });
    },
    onSent: props.onCorrected,
  });
  return (
    <>
      <FormFrame form={form} submit={t("saveChanges")}>
        <PatientFields form={form as unknown as Form<PatientValues>} />
      </FormFrame>
      {theirs && (
        <Conflict
          differences={differences(form.values, {
            ...valuesOf(theirs),
            version: form.values.version,
            after: form.values.after,
          })}
          onKeepMine={() => {
            form.change((mine) => ({ ...mine, version: theirs.version, after: "" }));
            setTheirs(undefined);
          }}
          onTakeTheirs={() => {
            form.change(() => ({ ...valuesOf(theirs), version: theirs.version, after: "" }));
            setTheirs(undefined);
          }}
        />
      )}
    </>
  );
}
