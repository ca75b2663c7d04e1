-- Who is in a call by the care team alone is out when the consult is kept home.
CREATE OR REPLACE FUNCTION signaling.right_lost(t signaling.ticket, at timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN t.guest_id IS NOT NULL THEN
      CASE WHEN NOT EXISTS (
        SELECT FROM signaling.guest g
         WHERE g.id = t.guest_id AND g.revoked_at IS NULL AND g.expires_at > at)
      THEN 'guest' END
    WHEN NOT EXISTS (
        SELECT FROM platform.membership m JOIN platform.account a ON a.id = m.account_id
         WHERE m.id = t.membership_id AND m.active AND a.active)
      THEN 'membership'
    WHEN NOT EXISTS (
        SELECT FROM platform.session s
         WHERE s.id = t.sign_in AND s.ended_at IS NULL AND s.expires_at > at)
      AND NOT EXISTS (
        SELECT FROM platform.refresh_token r
         WHERE r.family = t.sign_in AND r.revoked_at IS NULL AND r.expires_at > at)
      THEN 'sign-in'
    WHEN (platform.is_kept_home(t.consult_id) OR NOT EXISTS (
        SELECT FROM platform.care_team c
          JOIN platform.membership m ON m.account_id = c.account_id
         WHERE m.id = t.membership_id AND c.consult_id = t.consult_id AND c.until IS NULL))
      AND NOT EXISTS (
        SELECT FROM platform.membership m
         WHERE m.id = t.membership_id AND m.organisation_id = t.organisation_id
           AND m.role IN ('clinician', 'scheduler', 'supervisor'))
      THEN 'care-team'
  END
$$;
