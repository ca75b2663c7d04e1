import type { JSX } from "preact";
import { api, ok, once, type Schema } from "../api/client";
import { languageName, personText, sexName } from "../consult";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import { navigate } from "../router";
import { Choice, FormFrame, Load, Page, Stack, TextArea, toast } from "../ui";
import { type Choices, differing, likelyChoices, merged, type Part } from "./merging";
import { particularsOf, valuesOf } from "./patient";
import { patientName } from "./patientName";
import { t } from "./words";

type Patient = Schema<"Patient">;

/** Makes one record of two: whose particulars win is chosen, entry by entry. */
export default function MergePage(props: {
  params: { patientId: string; otherId: string };
}): JSX.Element {
  const { patientId, otherId } = props.params;
  const both = useResource(
    () => Promise.all([patient(patientId), patient(otherId)]),
    [patientId, otherId],
  );
  return (
    <Page
      title={t("mergeTitle")}
      width="narrow"
      back={{ href: `/clinic/patients/${patientId}`, label: t("back") }}
    >
      <Load from={both}>{([mine, theirs]) => <MergeForm mine={mine} theirs={theirs} />}</Load>
    </Page>
  );
}

function patient(patientId: string): Promise<Patient> {
  return ok(api.GET("/patients/{patientId}", { params: { path: { patientId } } }));
}

function MergeForm({ mine, theirs }: { mine: Patient; theirs: Patient }): JSX.Element {
  const parts = differing(mine, theirs);
  const form = useForm<{ choices: Choices; reason: string }, Patient>({
    initial: { choices: likelyChoices(mine, theirs), reason: "" },
    draft: `merge ${mine.id} ${theirs.id}`,
    validate: ({ reason }) =>
      reason.trim() === "" ? [{ pointer: "/reason", detail: t("mergeReasonNeeded") }] : [],
    send: ({ choices, reason }, key) =>
      ok(
        api.POST("/patients/{patientId}/merge", {
          params: { path: { patientId: mine.id } },
          body: {
            version: mine.version,
            mergedId: theirs.id,
            mergedVersion: theirs.version,
            particulars: particularsOf(merged(mine, theirs, choices)),
            reason,
          },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("mergeDone"));
      navigate(`/clinic/patients/${mine.id}`, { replace: true });
    },
  });
  return (
    <Stack>
      <p>
        <strong>
          <bdi>{patientName(mine)}</bdi>
        </strong>{" "}
        · <bdi>{t("patientNumber", { number: mine.localNumber })}</bdi>
        <br />
        <strong>
          <bdi>{patientName(theirs)}</bdi>
        </strong>{" "}
        · <bdi>{t("patientNumber", { number: theirs.localNumber })}</bdi>
      </p>
      <p>{t("mergeLead")}</p>
      <FormFrame form={form} submit={t("mergeDo")}>
        {parts.length === 0 && <p class="muted">{t("mergeSame")}</p>}
        {parts.map((part) => (
          <Choice
            key={part}
            label={t(part)}
            layout="list"
            options={[
              { value: "this", label: text(mine, part) },
              { value: "other", label: text(theirs, part) },
            ]}
            {...form.field(`/choices/${part}`)}
          />
        ))}
        <p class="muted small">{t("mergeBoth")}</p>
        <TextArea label={t("mergeReason")} rows={2} maxLength={500} {...form.field("/reason")} />
      </FormFrame>
    </Stack>
  );
}

/** One part of a record as a person reads it. */
function text(patient: Patient, part: Part): string {
  const values = valuesOf(patient);
  const joined = (...texts: (string | undefined)[]) => texts.filter(Boolean).join(comma()) || "–";
  switch (part) {
    case "name":
      return values.unidentified ? patientName(patient) : joined(values.name);
    case "birthDate":
      return values.known === "date"
        ? `${values.birthDate} (${values.precision})`
        : personText(patient);
    case "sex":
      return sexName(patient.sex);
    case "allergies":
      return values.allergies === "listed"
        ? joined(...(patient.allergies.list ?? []))
        : t(values.allergies === "none" ? "allergiesNone" : "allergiesUnknown");
    case "language":
      return languageName(values.language);
    case "address":
      return joined(values.address, values.region);
    case "guardian":
      return joined(values.guardian, values.guardianRelation);
    case "site":
      return joined(patient.site?.name);
    default:
      return joined(values[part]);
  }
}
