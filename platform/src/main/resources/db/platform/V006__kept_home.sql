-- A consult whose patient takes back the consent to advice stays with the clinic that owns it. Its
-- care team is kept as it was, but sees nothing of it: one function says so to every policy.

ALTER TABLE platform.consult ADD COLUMN kept_home_since timestamptz;
GRANT UPDATE (kept_home_since) ON platform.consult TO consilium_app, consilium_worker;

CREATE FUNCTION platform.is_kept_home(consult uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp AS
$$ SELECT EXISTS (SELECT FROM platform.consult c WHERE c.id = $1 AND c.kept_home_since IS NOT NULL) $$;

CREATE OR REPLACE FUNCTION platform.on_care_team(consult uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp AS
$$ SELECT EXISTS (SELECT FROM platform.care_team t JOIN platform.consult c ON c.id = t.consult_id
     WHERE t.consult_id = $1 AND t.account_id = platform.current_account() AND t.until IS NULL
       AND c.kept_home_since IS NULL) $$;

-- Whether the caller would see the consult, had the patient not taken the consent back.
CREATE FUNCTION platform.is_kept_from_caller(consult uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp AS
$$ SELECT EXISTS (SELECT FROM platform.care_team t JOIN platform.consult c ON c.id = t.consult_id
     WHERE t.consult_id = $1 AND t.account_id = platform.current_account() AND t.until IS NULL
       AND c.kept_home_since IS NOT NULL) $$;

REVOKE ALL ON FUNCTION platform.is_kept_home(uuid), platform.is_kept_from_caller(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.is_kept_home(uuid), platform.is_kept_from_caller(uuid)
  TO consilium_app, consilium_worker;
