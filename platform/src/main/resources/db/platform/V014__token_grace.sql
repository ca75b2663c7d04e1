-- What a used refresh token's successor was made with, beside the used token itself, so that whoever
-- lost the answer gets the same successor again for a moment.
ALTER TABLE platform.refresh_token ADD COLUMN successor_salt bytea;
