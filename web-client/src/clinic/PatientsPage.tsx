import type { JSX } from "preact";
import { currentAddress, navigate, setQuery } from "../router";
import { LinkButton, List, Page, Stack, toast } from "../ui";
import { RegisterForm } from "./PatientForm";
import { patientRow, PatientSearch } from "./PatientSearch";
import { t } from "./words";

export function PatientsPage(): JSX.Element {
  return (
    <Page
      title={t("patients")}
      actions={
        <LinkButton kind="primary" icon="plus" href="/clinic/patients/new">
          {t("register")}
        </LinkButton>
      }
    >
      <Stack>
        <PatientSearch
          initial={currentAddress().query.get("query") ?? ""}
          onQuery={(query) => setQuery({ query })}
        >
          {(patients) => (
            <List
              label={t("patients")}
              rows={patients.map((patient) =>
                patientRow(patient, `/clinic/patients/${patient.id}`),
              )}
            />
          )}
        </PatientSearch>
      </Stack>
    </Page>
  );
}

export function RegisterPage(): JSX.Element {
  return (
    <Page
      title={t("register")}
      width="narrow"
      back={{ href: "/clinic/patients", label: t("allPatients") }}
    >
      <RegisterForm
        onRegistered={(patient) => {
          toast(t("registered"));
          navigate(`/clinic/patients/${patient.id}`, { replace: true });
        }}
      />
    </Page>
  );
}
