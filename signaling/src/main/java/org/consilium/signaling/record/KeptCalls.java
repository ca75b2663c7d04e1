package org.consilium.signaling.record;

/**
 * Calls as rows that another door may read, with columns that stay whatever becomes of the tables.
 * Row security holds. {@code people} is a list of {@code account}, {@code role}, {@code came} and
 * {@code left}; guests have no account and are not in it.
 */
public final class KeptCalls {
  public static final String CALLS =
      """
      SELECT c.organisation_id, c.id, c.consult_id, k.patient_id, c.opened_at, c.started_at,
             c.ended_at, c.outcome, p.people
        FROM signaling.call c
        JOIN platform.consult k ON k.id = c.consult_id
        CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_agg(jsonb_build_object('account', a.person, 'role', a.role,
                            'came', a.came_at, 'left', a.left_at) ORDER BY a.came_at, a.id), '[]')
                   AS people
            FROM signaling.attendance a
           WHERE a.call_id = c.id AND EXISTS (SELECT FROM platform.account u
                                               WHERE u.id::text = a.person)) p\
      """;

  private KeptCalls() {}
}
