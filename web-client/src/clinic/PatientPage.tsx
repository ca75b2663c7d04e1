import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { AllergyBadges, consultRow, languageName, personText } from "../consult";
import { comma } from "../i18n/comma";
import { useWaiting } from "../offline/hand";
import { t as offline } from "../offline/words";
import { type Loaded, useResource } from "../resource";
import { navigate } from "../router";
import { day } from "../time";
import {
  Button,
  Card,
  EmptyState,
  Facts,
  lazy,
  LinkButton,
  List,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Row,
  Stack,
  toast,
  When,
} from "../ui";
import { LookAlikes } from "./LookAlikes";
import { PatientHistory } from "./PatientHistory";
import { CorrectForm } from "./PatientForm";
import { patientName } from "./patientName";
import { t } from "./words";

type Patient = Schema<"Patient">;

const HealthCard = lazy(() => import("../health/HealthCard"));

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
        known &&
        !known.mergedInto && (
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
            {it.mergedInto && (
              <Notice
                tone="warning"
                action={
                  <LinkButton href={`/clinic/patients/${it.mergedInto}`}>
                    {t("mergedOpen")}
                  </LinkButton>
                }
              >
                {t("mergedInto")}
              </Notice>
            )}
            <Corrected patientId={it.id} onSent={patient.reload} />
            <Particulars patient={it} />
            {!it.mergedInto && <MayBeSame patient={it} />}
            <HealthCard patientId={it.id} mayEdit={!it.mergedInto} />
            <ConsultsOf patientIds={[it.id, ...(it.mergedFrom ?? [])]} />
            <PatientHistory patient={it} onUnmerged={patient.reload} />
          </Stack>
        )}
      </Load>
    </Page>
  );
}

/** Corrections that wait on this device; what the server knows stands below them. */
function Corrected(props: { patientId: string; onSent: () => void }): JSX.Element {
  const waiting = useWaiting("correction", props.patientId, props.onSent);
  return (
    <>
      {waiting.map(({ id, title }) => (
        <Notice key={id} tone="warning" action={<a href="/waiting">{offline("pending")}</a>}>
          {offline("correction")}: <bdi>{title}</bdi>
        </Notice>
      ))}
    </>
  );
}

function Particulars({ patient }: { patient: Patient }): JSX.Element {
  const { birthDate, identity } = patient;
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
          ...optional(t("native"), identity.native),
          ...optional(t("given"), identity.given),
          ...optional(t("family"), identity.family),
          ...(identity.identifiers ?? []).map(({ system, value, from, until }) => ({
            label: system,
            value: (
              <>
                <bdi>{value}</bdi>
                {(from || until) && ` (${from ?? ""} – ${until ?? ""})`}
              </>
            ),
          })),
          ...(birthDate.precision === "estimated"
            ? []
            : [{ label: t("birthDate"), value: birthText(birthDate) }]),
          ...optional(t("deceasedOn"), identity.deceasedOn),
          { label: t("language"), value: languageName(patient.language) },
          ...optional(t("phone"), patient.phone),
          ...optional(t("otherPhones"), identity.otherPhones?.join(comma())),
          ...optional(t("address"), identity.address),
          ...optional(t("region"), identity.region),
          ...optional(
            t("guardian"),
            [patient.guardian, identity.guardianRelation].filter(Boolean).join(comma()),
          ),
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
    case "unknown":
      return t("unknownExactly");
  }
}

/** Others who may be this patient: made one record with this, or kept as another person. */
function MayBeSame({ patient }: { patient: Patient }): JSX.Element | null {
  const alike = useResource(
    () =>
      ok(
        api.GET("/patients/{patientId}/look-alikes", {
          params: { path: { patientId: patient.id } },
        }),
      ),
    [patient.id, patient.version],
  );
  const keep = useAct(
    (key, otherId: string) =>
      ok(
        api.POST("/patients/{patientId}/distinction", {
          params: { path: { patientId: patient.id } },
          body: { otherId },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("alikeKept"));
      alike.reload();
    },
  );
  const items = alike.state.kind === "loading" ? [] : (alike.state.value?.items ?? []);
  if (items.length === 0) return null;
  return (
    <Card title={t("alikeMaybe")}>
      {keep.problem && <ProblemNotice problem={keep.problem} />}
      <LookAlikes
        items={items}
        actions={(one) => (
          <Row>
            <LinkButton href={`/clinic/patients/${patient.id}/merge/${one.patient.id}`}>
              {t("alikeSame")}
            </LinkButton>
            <Button small busy={keep.busy} onPress={() => keep.run(one.patient.id)}>
              {t("alikeOther")}
            </Button>
          </Row>
        )}
      />
    </Card>
  );
}

function ConsultsOf({ patientIds }: { patientIds: readonly string[] }): JSX.Element {
  const consults = useResource(() => consultsOf(patientIds), [patientIds.join()], {
    live: "consult",
  });
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

/** Of the record and of those that were merged into it, the newest first. */
async function consultsOf(
  patientIds: readonly string[],
): Promise<{ items: Schema<"ConsultSummary">[] }> {
  const pages = await Promise.all(
    patientIds.map((patientId) =>
      ok(api.GET("/consults", { params: { query: { view: "all", patientId } } })),
    ),
  );
  const items = pages.flatMap((page) => page.items);
  return { items: items.sort((a, b) => b.changedAt.localeCompare(a.changedAt)) };
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
            onCorrected={({ kind }) => {
              toast(kind === "sent" ? t("corrected") : offline("kept"));
              navigate(page, { replace: true });
            }}
          />
        )}
      </Load>
    </Page>
  );
}
