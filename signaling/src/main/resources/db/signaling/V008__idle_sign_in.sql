-- Also a session left alone too long, and a family one of whose tokens is revoked, are over in a call.
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
         WHERE s.id = t.sign_in AND s.ended_at IS NULL AND s.expires_at > at
           AND s.seen_at > at - s.idle_seconds_max * interval '1 second')
      AND NOT EXISTS (
        SELECT FROM platform.refresh_token r
         WHERE r.family = t.sign_in AND r.revoked_at IS NULL AND r.expires_at > at
           AND NOT EXISTS (SELECT FROM platform.refresh_token other
                            WHERE other.family = r.family AND other.revoked_at IS NOT NULL))
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
