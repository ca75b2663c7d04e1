-- What a host of the call may make a person; a guest by link never becomes a host.

ALTER TABLE signaling.ticket ADD COLUMN roles text[];
ALTER TABLE signaling.seat ADD COLUMN roles text[];
-- An UPDATE by the owner would see no row: row security is forced.
ALTER TABLE signaling.ticket ALTER COLUMN roles TYPE text[] USING ARRAY[role];
ALTER TABLE signaling.seat ALTER COLUMN roles TYPE text[] USING ARRAY[role];
ALTER TABLE signaling.ticket
  ALTER COLUMN roles SET NOT NULL,
  ADD CHECK (role = ANY (roles)),
  ADD CHECK (guest_id IS NULL OR NOT roles && ARRAY['clinician', 'specialist', 'coordinator']);
ALTER TABLE signaling.seat
  ALTER COLUMN roles SET NOT NULL,
  ADD CHECK (role = ANY (roles));
