import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok } from "../../api/client";
import { PatientHeader, useMe, valueOf } from "../../consult";
import { useResource } from "../../resource";
import { Button, Card, List, Notice, Row, Select, Stack, toast } from "../../ui";
import { RegisterForm } from "../PatientForm";
import { patientRow, PatientSearch } from "../PatientSearch";
import { t } from "../words";
import type { Editor } from "./editor";
import type { Patient } from "./values";

/** Whom it is about: chosen from the clinic's patients, or registered here. */
export function PatientStep(props: {
  editor: Editor;
  /** True while a registration is on its way. */
  onRegistering: (busy: boolean) => void;
  /** One of the clinic's patients was chosen: that is all this step asks. */
  onChosen: () => void;
}): JSX.Element {
  const { editor, onRegistering } = props;
  const { form, values } = editor;
  const [registering, setRegistering] = useState(false);
  const choose = (patient: Patient | null) => {
    setRegistering(false);
    form.change((before) => ({ ...before, patient }));
  };
  if (values.patient) {
    return (
      <Stack>
        <Card title={t("chosen")} tone="raised">
          <PatientHeader patient={values.patient} />
          {values.revision > 0 ? (
            <p class="muted small">{t("patientFixed")}</p>
          ) : (
            <Row>
              <Button small onPress={() => choose(null)}>
                {t("otherPatient")}
              </Button>
            </Row>
          )}
        </Card>
        <SiteChoice editor={editor} />
      </Stack>
    );
  }
  if (registering) {
    return (
      <Stack>
        <RegisterForm
          onBusy={onRegistering}
          onRegistered={(patient) => {
            toast(t("registered"));
            choose(patient);
          }}
        />
        <Button kind="quiet" icon="search" onPress={() => setRegistering(false)}>
          {t("findPatient")}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      {editor.error("/patient") && <Notice tone="error">{editor.error("/patient")}</Notice>}
      <Button icon="plus" onPress={() => setRegistering(true)}>
        {t("newPatient")}
      </Button>
      <PatientSearch>
        {(patients) => (
          <List
            label={t("patients")}
            rows={patients.map((patient) => ({
              ...patientRow(patient),
              aside: (
                <Button
                  small
                  label={`${t("choosePatient")}: ${patient.name ?? patient.localNumber}`}
                  onPress={() => {
                    choose(patient);
                    props.onChosen();
                  }}
                >
                  {t("choosePatient")}
                </Button>
              ),
            }))}
          />
        )}
      </PatientSearch>
    </Stack>
  );
}

/** Only for those who do not work at one site, and only until the first save. */
function SiteChoice({ editor }: { editor: Editor }): JSX.Element | null {
  const own = useMe().membership.site;
  const sites = valueOf(useResource(() => ok(api.GET("/sites")), []))?.items ?? [];
  if (own || sites.length < 2 || editor.values.revision > 0) return null;
  return (
    <Select
      label={t("site")}
      empty={t("choose")}
      options={sites.map(({ id, name }) => ({ value: id, label: name }))}
      {...editor.bind("/siteId")}
    />
  );
}
