package org.consilium.scheduling.kept;

/**
 * SELECTs over this module's tables, with columns whose names and meaning stay whatever becomes of
 * the tables. Row security holds in them; who asks narrows them further. Codes are those of the
 * contract.
 */
public final class KeptRows {
  /** A consult and how far it is. */
  public static final String CONSULTS =
      """
      SELECT c.organisation_id, c.id, c.id AS consult_id, c.patient_id, c.site_id, c.requester_id,
             c.specialist_id, c.question, c.status, c.waiting_on, c.due_at, c.due_for, c.submitted_at,
             c.changed_at, c.ended_at, c.version
        FROM scheduling.consult c\
      """;

  /**
   * An appointment, all but those that are only held. {@code parts} is a list of {@code role},
   * {@code resource} (an account's, a site's or a thing's id), {@code confirmed} and {@code
   * arrived}.
   */
  public static final String APPOINTMENTS =
      """
      SELECT a.organisation_id, a.id, a.consult_id, c.patient_id, a.status, a.start_at, a.end_at,
             a.booked_at, coalesce(a.cancel_reason, a.moved_reason, a.outcome_reason) AS reason,
             p.parts
        FROM scheduling.appointment a
        JOIN scheduling.consult c ON c.id = a.consult_id
        CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_agg(jsonb_build_object('role', b.role, 'resource', b.resource_id,
                            'confirmed', b.confirmed_at IS NOT NULL,
                            'arrived', b.arrived_at IS NOT NULL) ORDER BY b.role, b.id), '[]') AS parts
            FROM scheduling.booking b WHERE b.appointment_id = a.id) p
       WHERE a.status <> 'held'\
      """;

  /** Who helps; an account's id is the row's. */
  public static final String VOLUNTEERS =
      """
      SELECT v.organisation_id, v.account_id AS id, v.kind, v.status = 'active' AS active,
             ARRAY(SELECT s.specialty FROM scheduling.volunteer_specialty s
                    WHERE s.account_id = v.account_id ORDER BY s.specialty) AS specialties
        FROM scheduling.volunteer v\
      """;

  /** When somebody is on call. */
  public static final String ON_CALL =
      """
      SELECT v.organisation_id, o.id, o.account_id, lower(o.during) AS start_at,
             upper(o.during) AS end_at, o.changed_at
        FROM scheduling.on_call o JOIN scheduling.volunteer v ON v.account_id = o.account_id\
      """;

  /** Who is on call for a field in a language, in turn. */
  public static final String ROTAS =
      """
      SELECT r.organisation_id, r.id, r.name, s.label AS specialty, r.language, r.version, r.saved_at
        FROM scheduling.rota r JOIN scheduling.specialty s ON s.code = r.specialty\
      """;

  private KeptRows() {}
}
