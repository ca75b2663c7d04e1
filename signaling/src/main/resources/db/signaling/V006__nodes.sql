-- Which node serves a call, and what another needs to take it over with its seats. Seats of calls
-- that a server left behind before this have no number to be given back by.

ALTER TABLE signaling.call
  ADD COLUMN node        text,
  ADD COLUMN term        bigint NOT NULL DEFAULT 0,
  ADD COLUMN leased_at   timestamptz,
  ADD COLUMN orphaned_at timestamptz,
  ADD COLUMN last_seat   integer NOT NULL DEFAULT 0;
CREATE INDEX call_going_on ON signaling.call (node) WHERE ended_at IS NULL;

-- A DELETE by the owner would see no row: row security is forced.
TRUNCATE signaling.seat;
ALTER TABLE signaling.seat
  ADD COLUMN number       integer NOT NULL,
  ADD COLUMN epoch        integer NOT NULL,
  ADD COLUMN seat_until   timestamptz NOT NULL,
  ADD COLUMN token_sha256 bytea NOT NULL;
