-- An import shuts out the programs that came along; that is nobody's act here, so nobody is named.

ALTER TABLE platform.program DROP CONSTRAINT program_check1;
ALTER TABLE platform.program ADD CONSTRAINT program_revoker_of_a_revoked
  CHECK (revoked_by IS NULL OR revoked_at IS NOT NULL);
