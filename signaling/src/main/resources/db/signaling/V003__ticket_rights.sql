-- A ticket is bound to the sign-in that asked for it, and the seat that it gave ends with that
-- right. What a person sits in a call with is the last ticket that they used.

ALTER TABLE signaling.ticket
  ADD COLUMN issued_at     timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN sign_in       uuid,
  ADD COLUMN membership_id uuid REFERENCES platform.membership (id);
ALTER TABLE signaling.ticket ALTER COLUMN issued_at DROP DEFAULT;
CREATE INDEX ticket_person ON signaling.ticket (person, issued_at);
CREATE INDEX ticket_seat ON signaling.ticket (call_id, person, used_at DESC) WHERE used_at IS NOT NULL;

-- Why the right that a ticket stands for is over at that moment; null while it is good.
CREATE FUNCTION signaling.right_lost(t signaling.ticket, at timestamptz) RETURNS text
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
    WHEN NOT EXISTS (
        SELECT FROM platform.care_team c
          JOIN platform.membership m ON m.account_id = c.account_id
         WHERE m.id = t.membership_id AND c.consult_id = t.consult_id AND c.until IS NULL)
      AND NOT EXISTS (
        SELECT FROM platform.membership m
         WHERE m.id = t.membership_id AND m.organisation_id = t.organisation_id
           AND m.role IN ('clinician', 'scheduler', 'supervisor'))
      THEN 'care-team'
  END
$$;

-- To count what a person has been given.
GRANT SELECT (person, issued_at, organisation_id, consult_id) ON signaling.ticket TO consilium_app;

-- The browser that exchanged a guest's link may do so again for a while when the answer was lost.
ALTER TABLE signaling.guest ADD COLUMN entry_sha256 bytea;
