-- A booking refers to its appointment by organisation and id. While the table has not been analysed, PostgreSQL may
-- look that up in any index that begins with the organisation, and walk over all appointments it ever had. One
-- without holds cannot serve that look-up, and is still what the lists of an organisation need.
DROP INDEX scheduling.appointment_organisation;
CREATE INDEX appointment_shown ON scheduling.appointment (organisation_id, start_at) WHERE status <> 'held';

-- A person's list shows what was cancelled as well.
DROP INDEX scheduling.booking_coming;
CREATE INDEX booking_of_resource ON scheduling.booking (resource_id, upper(during));
