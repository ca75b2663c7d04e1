-- One clinic, one specialist, one consult with an offer, an appointment and a call, as the first version kept them.
INSERT INTO platform.organisation (id, name, kind, zone, created_at) VALUES
  ('00000000-0000-7000-8000-000000000001', 'Turkana Clinics', 'clinic-network', 'Africa/Nairobi', now()),
  ('00000000-0000-7000-8000-000000000002', 'Doctors Afar', 'volunteer-network', 'Europe/Lisbon', now());
INSERT INTO platform.site (organisation_id, id, name, zone, country) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000011', 'Lodwar', 'Africa/Nairobi', 'KE');
INSERT INTO platform.account (id, name, email, zone, language, password_hash, created_at) VALUES
  ('00000000-0000-7000-8000-000000000021', 'Amina Ekal', 'amina@example.org', 'Africa/Nairobi', 'en', 'x', now()),
  ('00000000-0000-7000-8000-000000000022', 'Ada Osei', 'ada@example.org', 'Europe/Lisbon', 'en', 'x', now());
INSERT INTO platform.membership (id, account_id, organisation_id, role, created_at) VALUES
  ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000001', 'clinician', now()),
  ('00000000-0000-7000-8000-000000000032', '00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000002', 'specialist', now());

SET ROLE consilium_worker;

INSERT INTO platform.consult (id, organisation_id, patient_id, site_id, opened_at) VALUES
  ('00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000011', now());
INSERT INTO scheduling.volunteer (account_id, organisation_id, kind, country, status, weekly_cap, red_calls, registered_at) VALUES
  ('00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000002', 'specialist', 'PT', 'active', 5, true, now());
INSERT INTO scheduling.volunteer_language (account_id, language, level) VALUES
  ('00000000-0000-7000-8000-000000000022', 'en', 'working');
INSERT INTO scheduling.volunteer_specialty (account_id, specialty, age_groups) VALUES
  ('00000000-0000-7000-8000-000000000022', 'dermatology', '{adult}');
INSERT INTO scheduling.volunteer_licence (account_id, country, number, valid_until) VALUES
  ('00000000-0000-7000-8000-000000000022', 'PT', 'OM-1', NULL);
INSERT INTO scheduling.hours (owner_id, owner_kind, hours, version, saved_at) VALUES
  ('00000000-0000-7000-8000-000000000022', 'volunteer', '{"zone": "Europe/Lisbon", "weekly": [{"days": ["monday"], "start": "08:00", "end": "18:00"}]}', 1, now());
INSERT INTO scheduling.on_call_shift (id, account_id, organisation_id, during, planned_at) VALUES
  ('00000000-0000-7000-8000-000000000061', '00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000001', tstzrange(now(), now() + interval '8 hours'), now());
INSERT INTO scheduling.consult (id, organisation_id, site_id, patient_id, requester_id, age_value, age_unit, age_group, sex,
    patient_language, clinic_language, question, mode_asked, specialty_asked, mode, specialty, urgency_computed,
    urgency_requested, urgency_confirmed, status, waiting_on, specialist_id, submitted_at, targets_version, changed_at, version)
  SELECT '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000011',
    '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000021', 34, 'years', 'adult', 'female',
    'sw', 'en', 'Is this leprosy?', 'clinician-advice', 'dermatology', 'clinician-advice', 'dermatology', 'green',
    'green', 'green', 'booked', 'specialist', '00000000-0000-7000-8000-000000000022', now(), 1, now(), 3;
INSERT INTO scheduling.consult_event (organisation_id, consult_id, at, kind, actor_id) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000041', now(), 'submitted', '00000000-0000-7000-8000-000000000021');
INSERT INTO scheduling.offer (id, organisation_id, consult_id, patient_id, specialist_id, lane, status, sent_at, expires_at, answered_at, rank, about, terms, weights_version) VALUES
  ('00000000-0000-7000-8000-000000000071', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000022', 1, 'accepted', now(), now() + interval '1 hour', now(), 1, '{}', '[]', '1');
INSERT INTO scheduling.appointment (id, organisation_id, consult_id, start_at, end_at, status, booked_by, booked_at, zone_data) VALUES
  ('00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000041', now() + interval '1 day', now() + interval '25 hours', 'booked', '00000000-0000-7000-8000-000000000021', now(), '2026a');
INSERT INTO scheduling.booking (id, organisation_id, appointment_id, resource_id, role, zone, during) VALUES
  ('00000000-0000-7000-8000-000000000091', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000022', 'specialist', 'Europe/Lisbon', tstzrange(now() + interval '1 day', now() + interval '25 hours')),
  ('00000000-0000-7000-8000-000000000092', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000011', 'clinic', 'Africa/Nairobi', tstzrange(now() + interval '1 day', now() + interval '25 hours'));
INSERT INTO signaling.call (organisation_id, id, consult_id, opened_at, started_at) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000041', now(), now());
INSERT INTO signaling.seat (organisation_id, call_id, person, name, role, state, since) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000021', 'Amina Ekal', 'clinician', 'present', now());
INSERT INTO signaling.call_event (organisation_id, call_id, at, kind, person) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', now(), 'joined', '00000000-0000-7000-8000-000000000021');
INSERT INTO signaling.ticket (ticket_sha256, organisation_id, call_id, consult_id, person, name, role, mode, seat_until, expires_at) VALUES
  ('\x01', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000021', 'Amina Ekal', 'clinician', 'direct', now() + interval '1 hour', now() + interval '1 minute');
