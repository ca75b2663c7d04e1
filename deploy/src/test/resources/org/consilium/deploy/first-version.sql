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
-- Her record, found by the letters as they were typed; and two notes, signed by the server's key of then.
INSERT INTO platform.care_team (organisation_id, consult_id, account_id, relation, since) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000022', 'specialist', now());
INSERT INTO records.patient (organisation_id, id, sex, birth_date, birth_precision, allergy_state, allergies, language, version) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000051', 'female', '1991-06-01', 'year', 'none', '{}', 'sw', 1);
INSERT INTO records.patient_identity (organisation_id, patient_id, local_number, name, phone, registered_at, registered_by) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000051', 'LO-7', 'Łucja Sørensen یاسمین', '+254 712 345 678', now(), '00000000-0000-7000-8000-000000000021');
INSERT INTO records.patient_search (organisation_id, patient_id, registered_at, text) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000051', now(), E'łucja sørensen یاسمین\nlo-7\n+254 712 345 678\n254712345678');
INSERT INTO records.request (organisation_id, consult_id, patient_id, site_id, requester_id, status, revision, content, saved_at,
    age, triage, urgency_computed, urgency_requested, submitted_at) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000021', 'submitted', 2,
   '{"patientId": "00000000-0000-7000-8000-000000000051", "mode": "clinician-advice", "language": "en", "situation": {"question": "Is this leprosy?"}}',
   now(), '{"value": 34, "unit": "years"}', '{"urgency": "green", "reasons": [], "unanswered": [], "ruleVersion": "2026-1"}', 'green', 'green', now());
INSERT INTO records.note_version (organisation_id, id, consult_id, version, author_id, author, content, draft_revision, canonical,
    previous_sha256, sha256, signature, key_id, signed_at) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000b1', '00000000-0000-7000-8000-000000000041', 1, '00000000-0000-7000-8000-000000000022',
   '{"country":"PT","id":"00000000-0000-7000-8000-000000000022","name":"Ada Osei","registration":"OM-1"}',
   '{"answer":"Yes: tuberculoid, one patch.","certainty":"likely","followUpInDays":14,"language":"en","recommendations":[{"alternative":"Dapsone alone until it comes","dose":"600 mg","drug":"Rifampicin","durationDays":180,"frequency":"once a month","kind":"treatment","route":"by mouth","text":"Begin multidrug therapy","urgency":"this-week"}]}', 3,
   convert_to('{"author":{"country":"PT","id":"00000000-0000-7000-8000-000000000022","name":"Ada Osei","registration":"OM-1"},"consult":"00000000-0000-7000-8000-000000000041","content":{"answer":"Yes: tuberculoid, one patch.","certainty":"likely","followUpInDays":14,"language":"en","recommendations":[{"alternative":"Dapsone alone until it comes","dose":"600 mg","drug":"Rifampicin","durationDays":180,"frequency":"once a month","kind":"treatment","route":"by mouth","text":"Begin multidrug therapy","urgency":"this-week"}]},"format":"consilium-note-1","id":"00000000-0000-7000-8000-0000000000b1","keyId":"1b95629136cf035c","organisation":"00000000-0000-7000-8000-000000000001","patient":{"age":{"unit":"years","value":34},"allergies":{"list":[],"state":"none"},"id":"00000000-0000-7000-8000-000000000051","language":"sw","sex":"female"},"recommendations":[{"content":{"alternative":"Dapsone alone until it comes","dose":"600 mg","drug":"Rifampicin","durationDays":180,"frequency":"once a month","kind":"treatment","route":"by mouth","text":"Begin multidrug therapy","urgency":"this-week"},"id":"00000000-0000-7000-8000-0000000000c1"}],"signedAt":"2026-01-15T10:20:30.123456Z","version":1}', 'UTF8'),
   NULL, '\xce212d4bde0302fefc06e20015fde53ce39b5a3434a0e86fe1f7be87b47b8c41',
   '\xfb46477d8bd537246e27ffc4c138a4c0c5d5d823f069bf0ca10e9e911c0e675304bd9fb6d91f34cd68a3b7418913b0e809baf96273aa7a6dc599c20cf5211e08',
   '1b95629136cf035c', '2026-01-15T10:20:30.123456Z'),
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000b2', '00000000-0000-7000-8000-000000000041', 2, '00000000-0000-7000-8000-000000000022',
   '{"country":"PT","id":"00000000-0000-7000-8000-000000000022","name":"Ada Osei","registration":"OM-1"}',
   '{"answer":"Look at the family too.","language":"en","recommendations":[{"kind":"watch-for","text":"Patches on anybody in the house","urgency":"routine"}]}', 1,
   convert_to('{"author":{"country":"PT","id":"00000000-0000-7000-8000-000000000022","name":"Ada Osei","registration":"OM-1"},"consult":"00000000-0000-7000-8000-000000000041","content":{"answer":"Look at the family too.","language":"en","recommendations":[{"kind":"watch-for","text":"Patches on anybody in the house","urgency":"routine"}]},"format":"consilium-note-1","id":"00000000-0000-7000-8000-0000000000b2","keyId":"1b95629136cf035c","organisation":"00000000-0000-7000-8000-000000000001","patient":{"age":{"unit":"years","value":34},"allergies":{"list":[],"state":"none"},"id":"00000000-0000-7000-8000-000000000051","language":"sw","sex":"female"},"previousSha256":"ce212d4bde0302fefc06e20015fde53ce39b5a3434a0e86fe1f7be87b47b8c41","recommendations":[{"content":{"kind":"watch-for","text":"Patches on anybody in the house","urgency":"routine"},"id":"00000000-0000-7000-8000-0000000000c2"}],"signedAt":"2026-01-16T08:00:00Z","version":2}', 'UTF8'),
   '\xce212d4bde0302fefc06e20015fde53ce39b5a3434a0e86fe1f7be87b47b8c41', '\x04a3a481496222f500146e0ed7a3c6259777bfd60d409e7fcd070f9e424e1ac4',
   '\xc4f8f230b59e03a9f3a0c067482f8c35e4de1660921e26b4b446b8787a6e9e51586f2fcc058e781390ee457e04e8f0546af14cbc937c506dcfd18d1e8c52ad00',
   '1b95629136cf035c', '2026-01-16T08:00:00Z');
INSERT INTO records.recommendation (organisation_id, id, consult_id, note_id, position, kind, text, urgency, drug, dose, route,
    frequency, duration_days, alternative) VALUES
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-0000000000b1', 0,
   'treatment', 'Begin multidrug therapy', 'this-week', 'Rifampicin', '600 mg', 'by mouth', 'once a month', 180, 'Dapsone alone until it comes'),
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000c2', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-0000000000b2', 0,
   'watch-for', 'Patches on anybody in the house', 'routine', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO platform.audit_event (at, organisation_id, actor_id, actor_name, role, action, consult_id, patient_id, subject, outcome) VALUES
  ('2026-01-15T10:20:30.123456Z', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000022', 'Ada Osei', 'specialist', 'note.sign', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000051', 'note:00000000-0000-7000-8000-0000000000b1', 'done'),
  ('2026-01-16T08:00:00Z', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000022', 'Ada Osei', 'specialist', 'note.sign', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000051', 'note:00000000-0000-7000-8000-0000000000b2', 'done');
