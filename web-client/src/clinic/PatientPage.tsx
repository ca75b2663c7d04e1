import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { AllergyBadges, consultRow, languageName, personText } from "../consult";
import { type Loaded, useResource } from "../resource";
import { navigate } from "../router";
import { day } from "../time";
import {
  Card,
  EmptyState,
  Facts,
  LinkButton,
  List,
  Load,
  Page,
  Row,
  Stack,
  toast,
  When,
} from "../ui";
import { CorrectForm } from "./PatientForm";
import { patientName } from "./PatientSearch";
import { t } from "./words";

type Patient = Schema<"Patient">;

function usePatient(patientId: string): Loaded<Patient> {
  return useResource(
    () => ok(api.GET("/patients/{patientId}", { params: { path: { patientId } } })),
    [patientId],
    { live: patientId },
  );
}

/** One patient of the clinic with the consults about them. */
export function PatientPage({ params }: { params: { patientId: string } }): JSX.Element {
  const patient = usePatient(params.patientId);
  const known = patient.state.kind === "loading" ? undefined : patient.state.value;
  return (
    <Page
      title={known ? patientName(known) : t("patients")}
      back={{ href: "/clinic/patients", label: t("allPatients") }}
      actions={
        known && (
          <>
            <LinkButton href={`/clinic/patients/${known.id}/edit`}>{t("edit")}</LinkButton>
            <LinkButton kind="primary" icon="plus" href={`/clinic/new?patient=${known.id}`}>
              {t("askAbout")}
            </LinkButton>
          </>
        )
      }
    >
      <Load from={patient}>
        {(it) => (
          <Stack>
            <Particulars patient={it} />
            <ConsultsOf patientId={it.id} />
          </Stack>
        )}
      </Load>
    </Page>
  );
}

function Particulars({ patient }: { patient: Patient }): JSX.Element {
  const { birthDate } = patient;
  const optional = (label: string, value: string | undefined) =>
    value ? [{ label, value: <bdi>{value}</bdi> }] : [];
  return (
    <Card title={t("particulars")}>
      <Row>
        <strong>{personText(patient)}</strong>
        <AllergyBadges allergies={patient.allergies} />
      </Row>
      <Facts
        facts={[
          { label: t("localNumber"), value: <bdi>{patient.localNumber}</bdi> },
          ...(birthDate.precision === "estimated"
            ? []
            : [{ label: t("birthDate"), value: birthText(birthDate) }]),
          { label: t("language"), value: languageName(patient.language) },
          ...optional(t("phone"), patient.phone),
          ...optional(t("guardian"), patient.guardian),
          ...optional(t("site"), patient.site?.name),
          { label: t("registeredAt"), value: <When at={patient.registeredAt} /> },
        ]}
      />
    </Card>
  );
}

/** As exact as it is known, and no more. */
function birthText({ date, precision }: Schema<"BirthDate">): string {
  switch (precision) {
    case "day":
      return day(`${date}T12:00:00Z`, "UTC");
    case "month":
      return date.slice(0, 7);
    case "year":
    case "estimated":
      return date.slice(0, 4);
  }
}

function ConsultsOf({ patientId }: { patientId: string }): JSX.Element {
  const consults = useResource(
    () => ok(api.GET("/consults", { params: { query: { view: "all", patientId } } })),
    [patientId],
    { live: "consult" },
  );
  return (
    <Card title={t("consultsOf")}>
      <Load from={consults}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("noConsultsOf")} />
          ) : (
            <List
              label={t("consultsOf")}
              rows={items.map((one) => consultRow(one, { href: `/clinic/consults/${one.id}` }))}
            />
          )
        }
      </Load>
    </Card>
  );
}

export function CorrectPage({ params }: { params: { patientId: string } }): JSX.Element {
  const patient = useResource(
    () =>
      ok(api.GET("/patients/{patientId}", { params: { path: { patientId: params.patientId } } })),
    [params.patientId],
  );
  const page = `/clinic/patients/${params.patientId}`;
  return (
    <Page title={t("editTitle")} width="narrow" back={{ href: page, label: t("back") }}>
      <Load from={patient}>
        {(it) => (
          <CorrectForm
            patient={it}
            onCorrected={() => {
              toast(t("corrected"));
              navigate(page, { replace: true });
            }}
          />
        )}
      </Load>
    </Page>
  );
}
