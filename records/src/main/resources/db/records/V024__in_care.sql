-- Whom the caller cares for from outside, found once for each statement. Asked of the tables within a policy, row
-- security answered for every consult of the caller anew: a specialist of a thousand consults waited a tenth of a
-- second for one patient.
CREATE FUNCTION records.in_care() RETURNS TABLE (organisation_id uuid, patient_id uuid, site_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp ROWS 100 AS
$$ SELECT c.organisation_id, c.patient_id, c.site_id
     FROM platform.care_team t JOIN platform.consult c ON c.id = t.consult_id
    WHERE t.account_id = platform.current_account() AND t.until IS NULL
      AND c.kept_home_since IS NULL $$;
REVOKE ALL ON FUNCTION records.in_care() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.in_care() TO consilium_app, consilium_worker;

ALTER POLICY care_team ON records.patient
  USING ((organisation_id, id) IN (SELECT i.organisation_id, i.patient_id FROM records.in_care() AS i));
ALTER POLICY care_team ON records.clinical_item
  USING ((organisation_id, patient_id) IN (SELECT i.organisation_id, i.patient_id FROM records.in_care() AS i));
ALTER POLICY app ON records.site_capability
  USING (organisation_id = platform.current_organisation()
    OR (organisation_id, site_id) IN (SELECT i.organisation_id, i.site_id FROM records.in_care() AS i));
