-- A kept answer may carry what only its account may read: row security keeps it there.
ALTER TABLE platform.idempotent_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY app ON platform.idempotent_answer TO consilium_app
  USING (account_id = platform.current_account())
  WITH CHECK (account_id = platform.current_account());
CREATE POLICY worker ON platform.idempotent_answer TO consilium_worker USING (true);
