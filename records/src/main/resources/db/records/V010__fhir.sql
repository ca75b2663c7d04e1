-- How a signed version stands, for whoever reads it row by row: what has come after it, and when.
-- The same rule as NoteStates: taking back a correction takes back what it had replaced too, and
-- taking back a note takes its addenda along. Row security holds inside.
CREATE FUNCTION records.note_standing(organisation uuid, consult uuid, note uuid)
RETURNS TABLE (status text, superseded boolean, changes integer, changed_at timestamptz)
LANGUAGE sql STABLE ROWS 1 AS
$$
  -- Whatever takes this version back when it is taken back itself.
  WITH RECURSIVE line (id) AS (
    SELECT $3
    UNION
    SELECT CASE WHEN v.id = line.id THEN v.amends ELSE v.id END
      FROM line JOIN records.note_version v
        ON v.organisation_id = $1 AND v.consult_id = $2
       AND ((v.id = line.id AND v.kind = 'addendum') OR (v.amends = line.id AND v.kind = 'correction'))),
  later AS (
    SELECT v.kind, v.amends, v.signed_at
      FROM records.note_version v JOIN line ON v.amends = line.id
     WHERE v.organisation_id = $1 AND v.consult_id = $2 AND (v.kind <> 'addendum' OR v.amends = $3)),
  co_signed AS (
    SELECT s.signed_at FROM records.note_signature s WHERE s.organisation_id = $1 AND s.note_id = $3)
  SELECT CASE WHEN EXISTS (SELECT FROM later WHERE kind = 'retraction') THEN 'entered-in-error'
              WHEN n.needs_co_signature AND NOT EXISTS (SELECT FROM co_signed) THEN 'preliminary'
              WHEN EXISTS (SELECT FROM later WHERE amends = $3) THEN 'amended'
              ELSE 'final' END,
         EXISTS (SELECT FROM later WHERE kind = 'correction' AND amends = $3),
         ((SELECT count(*) FROM later) + (SELECT count(*) FROM co_signed))::integer,
         greatest(n.signed_at, (SELECT max(signed_at) FROM later),
                  (SELECT max(signed_at) FROM co_signed))
    FROM records.note_version n
   WHERE n.organisation_id = $1 AND n.consult_id = $2 AND n.id = $3
$$;
REVOKE ALL ON FUNCTION records.note_standing(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.note_standing(uuid, uuid, uuid) TO consilium_app, consilium_worker;

-- Of a record that was merged, a care team sees what is known of the surviving one; it may not see
-- that record itself. Whoever may not see the merged record learns nothing here either.
CREATE POLICY survivor ON records.patient FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION records.survivor_of(organisation uuid, patient uuid)
RETURNS TABLE (sex text, birth_date date, birth_precision text, allergy_state text, allergies text[],
  language text, version integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = records, platform, pg_temp AS
$$
  WITH RECURSIVE line AS (
    SELECT p.* FROM patient p
     WHERE p.organisation_id = $1 AND p.id = $2
       AND EXISTS (SELECT FROM care_team t JOIN consult c ON c.id = t.consult_id
                    WHERE t.account_id = current_account() AND t.until IS NULL
                      AND (c.kept_home_since IS NULL OR t.relation = 'requester')
                      AND c.organisation_id = $1 AND c.patient_id = $2)
    UNION ALL
    SELECT p.* FROM line JOIN patient p
        ON p.organisation_id = line.organisation_id AND p.id = line.merged_into)
  SELECT sex, birth_date, birth_precision, allergy_state, allergies, language, version
    FROM line WHERE merged_into IS NULL
$$;
REVOKE ALL ON FUNCTION records.survivor_of(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.survivor_of(uuid, uuid) TO consilium_app, consilium_worker;
