package org.consilium.records;

import org.consilium.records.fhir.KeptElsewhere;

/**
 * Stands for the modules that are not here: rows of their shapes, laid over this module's requests
 * and the people around them. What the modules themselves tell is tried in deploy.
 */
public final class TestElsewhere {
  private static final String CONSULTS =
      """
      SELECT r.organisation_id, r.consult_id AS id, r.consult_id, r.patient_id, r.site_id,
             r.requester_id, NULL::uuid AS specialist_id, 'Is this cellulitis?' AS question,
             'offered' AS status, 'specialist' AS waiting_on,
             r.submitted_at + interval '1 hour' AS due_at, 'first-answer' AS due_for, r.submitted_at,
             r.submitted_at AS changed_at, NULL::timestamptz AS ended_at, 2 AS version
        FROM records.request r WHERE r.status = 'submitted'\
      """;

  private static final String APPOINTMENTS =
      """
      SELECT r.organisation_id, r.consult_id AS id, r.consult_id, r.patient_id,
             CASE r.urgency_requested WHEN 'yellow' THEN 'confirmed' ELSE 'rescheduled' END AS status,
             r.submitted_at + interval '1 day' AS start_at,
             r.submitted_at + interval '25 hours' AS end_at, r.submitted_at AS booked_at,
             NULL AS reason,
             jsonb_build_array(
               jsonb_build_object('role', 'specialist', 'resource', r.requester_id, 'confirmed', true,
                                  'arrived', false),
               jsonb_build_object('role', 'clinic', 'resource', r.site_id, 'confirmed', false,
                                  'arrived', false),
               jsonb_build_object('role', 'device', 'resource', r.site_id, 'confirmed', false,
                                  'arrived', false)) AS parts
        FROM records.request r WHERE r.status = 'submitted'\
      """;

  private static final String VOLUNTEERS =
      """
      SELECT m.organisation_id, m.account_id AS id, 'specialist' AS kind, m.active,
             ARRAY['dermatology'] AS specialties
        FROM platform.membership m WHERE m.role = 'specialist'\
      """;

  private static final String ON_CALL =
      """
      SELECT m.organisation_id, m.id, m.account_id, timestamptz '2026-03-02 08:00Z' AS start_at,
             timestamptz '2026-03-02 20:00Z' AS end_at, timestamptz '2026-03-01 08:00Z' AS changed_at
        FROM platform.membership m WHERE m.role = 'specialist'\
      """;

  private static final String ROTAS =
      """
      SELECT s.organisation_id, s.id, 'Skin by night' AS name, 'Dermatology' AS specialty,
             'en' AS language, 1 AS version, timestamptz '2026-03-01 08:00Z' AS saved_at
        FROM platform.site s\
      """;

  private static final String CALLS =
      """
      SELECT r.organisation_id, r.consult_id AS id, r.consult_id, r.patient_id,
             r.submitted_at AS opened_at, r.submitted_at AS started_at,
             r.submitted_at + interval '20 minutes' AS ended_at, 'connected' AS outcome,
             jsonb_build_array(jsonb_build_object('account', r.requester_id, 'role', 'clinician',
               'came', r.submitted_at, 'left', r.submitted_at + interval '20 minutes')) AS people
        FROM records.request r WHERE r.status = 'submitted'\
      """;

  public static final KeptElsewhere ROWS =
      new KeptElsewhere(CONSULTS, APPOINTMENTS, VOLUNTEERS, ON_CALL, ROTAS, CALLS);

  private TestElsewhere() {}
}
