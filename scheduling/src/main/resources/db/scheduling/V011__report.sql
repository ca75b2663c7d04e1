-- How long it took and who was kept waiting. No table of its own: figures are counted from what happened.

-- When the outcome should be known, from the submission. A proposal that a clinician must approve.
ALTER TABLE scheduling.urgency_target
  ADD COLUMN close_minutes integer NOT NULL DEFAULT 30240 CHECK (close_minutes > 0);
UPDATE scheduling.urgency_target SET close_minutes = 2880 WHERE code = 'red';
UPDATE scheduling.urgency_target SET close_minutes = 10080 WHERE code IN ('orange', 'yellow');

CREATE INDEX consult_submitted ON scheduling.consult (organisation_id, submitted_at);
CREATE INDEX offer_sent ON scheduling.offer (organisation_id, sent_at);

-- The one definition of every time in a report, each counted from the submission:
--   allocated  a specialist took it for the first time;
--   answered   a specialist wrote for the first time. Nothing before that waits for the clinic, so
--              no time of the clinic's is in it;
--   closed     the outcome is known. What was withdrawn never closes.
-- Targets are those under which it was submitted, for its urgency as it is now. Whoever reads the
-- view sees the rows that they may see of the tables.
CREATE VIEW scheduling.consult_times WITH (security_invoker = true) AS
SELECT c.id, c.organisation_id, c.site_id, c.specialist_id, target.code AS urgency,
       coalesce(c.specialty, c.specialty_asked, '') AS specialty, c.patient_language AS language,
       c.status, c.waiting_on, c.is_over, c.submitted_at,
       taken.at AS allocated_at,
       c.first_answer_at AS answered_at,
       CASE WHEN c.status = 'closed' THEN c.ended_at END AS closed_at,
       CASE WHEN c.is_over THEN c.ended_at END AS over_at,
       c.submitted_at + target.accept_minutes * interval '1 minute' AS allocate_by,
       c.submitted_at + target.answer_minutes * interval '1 minute' AS answer_by,
       c.submitted_at + target.close_minutes * interval '1 minute' AS close_by
  FROM scheduling.consult c
 CROSS JOIN LATERAL (
        SELECT t.code, t.accept_minutes, t.answer_minutes, t.close_minutes
          FROM scheduling.urgency_target t
         WHERE t.version = c.targets_version
           AND (t.code = c.urgency_confirmed
             OR (c.urgency_confirmed IS NULL AND t.code IN (c.urgency_computed, c.urgency_requested)))
         ORDER BY t.position LIMIT 1) target
  LEFT JOIN LATERAL (
        SELECT min(e.at) AS at FROM scheduling.consult_event e
         WHERE e.consult_id = c.id AND e.kind = 'accepted') taken ON true;

GRANT SELECT ON scheduling.consult_times TO consilium_app, consilium_worker;
