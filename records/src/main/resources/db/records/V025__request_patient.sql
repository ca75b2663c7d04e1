-- The consults of a patient are looked for by every search and summary in FHIR.
CREATE INDEX request_patient ON records.request (organisation_id, patient_id);
