-- What is known of a patient beyond one consult: problems, medicines, vaccines. Every saying is a
-- row; the newest version of an item holds. Allergies are with the patient.
CREATE TABLE records.clinical_item (
  organisation_id uuid NOT NULL,
  item_id         uuid NOT NULL,
  version         integer NOT NULL CHECK (version >= 1),
  patient_id      uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('problem', 'medication', 'immunization')),
  act             text NOT NULL CHECK (act IN ('add', 'change', 'end', 'mark-error')),
  -- That somebody asked and there is none of the kind. Then nothing else is said.
  none_known      boolean NOT NULL,
  text            text CHECK (text <> ''),
  code_system     text,
  code            text,
  status          text NOT NULL CHECK (status IN ('active', 'ended', 'entered-in-error')),
  verification    text NOT NULL CHECK (verification IN ('confirmed', 'unconfirmed')),
  onset_on        date,
  onset_precision text CHECK (onset_precision IN ('day', 'month', 'year')),
  ended_on        date,
  ended_precision text CHECK (ended_precision IN ('day', 'month', 'year')),
  dose            text,
  dose_number     integer CHECK (dose_number >= 1),
  lot             text,
  consult_id      uuid,
  reason          text,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  asserted_by     uuid NOT NULL REFERENCES platform.account (id),
  asserted_at     timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, item_id, version),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES platform.consult (organisation_id, id),
  CHECK (none_known = (text IS NULL)),
  CHECK ((code IS NULL) = (code_system IS NULL)),
  CHECK ((onset_on IS NULL) = (onset_precision IS NULL)),
  CHECK ((ended_on IS NULL) = (ended_precision IS NULL)),
  CHECK (ended_on IS NULL OR status <> 'active'),
  CHECK (kind = 'medication' OR dose IS NULL),
  CHECK (kind = 'immunization' OR (dose_number IS NULL AND lot IS NULL)),
  CHECK (kind <> 'immunization' OR none_known OR status <> 'ended'),
  CHECK (status <> 'entered-in-error' OR reason IS NOT NULL)
);
CREATE INDEX clinical_item_patient ON records.clinical_item (organisation_id, patient_id, kind);

ALTER TABLE records.clinical_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE records.clinical_item FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON records.clinical_item TO consilium_app
  USING (organisation_id = platform.current_organisation())
  WITH CHECK (organisation_id = platform.current_organisation());
-- As of the patient: whoever is on a care team, as long as the consult is shared.
CREATE POLICY care_team ON records.clinical_item FOR SELECT TO consilium_app
  USING (EXISTS (SELECT FROM platform.care_team t
                   JOIN platform.consult c ON c.organisation_id = t.organisation_id AND c.id = t.consult_id
                  WHERE t.account_id = platform.current_account() AND t.until IS NULL
                    AND c.organisation_id = clinical_item.organisation_id
                    AND c.patient_id = clinical_item.patient_id));
CREATE POLICY worker ON records.clinical_item TO consilium_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON records.clinical_item TO consilium_app, consilium_worker;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.clinical_item
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
