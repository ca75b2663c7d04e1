package org.consilium.scheduling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.Test;

class QueuePlanIT {
  private static final String MANY =
      """
      INSERT INTO scheduling.consult (id, organisation_id, site_id, patient_id, requester_id,
             age_value, age_unit, age_group, sex, patient_language, clinic_language, question,
             mode_asked, mode, urgency_computed, urgency_requested, status, waiting_on, due_at,
             due_for, submitted_at, targets_version, changed_at, version)
      SELECT gen_random_uuid(), organisation_id, site_id, patient_id, requester_id, age_value,
             age_unit, age_group, sex, patient_language, clinic_language, question, mode_asked,
             mode, urgency_computed, urgency_requested,
             CASE WHEN n % 10 = 0 THEN 'submitted' ELSE 'withdrawn' END,
             CASE WHEN n % 10 = 0 THEN 'coordinator' ELSE 'nobody' END,
             CASE WHEN n % 10 = 0 THEN due_at + n * interval '1 minute' END,
             CASE WHEN n % 10 = 0 THEN 'triage' END,
             submitted_at, targets_version, changed_at, 1
        FROM scheduling.consult, generate_series(1, 5000) n WHERE id = $1
      """;
  private static final String PAGE =
      """
      EXPLAIN SELECT c.id FROM scheduling.consult c
       WHERE c.organisation_id = '%s' AND NOT c.is_over
         AND (c.queue_at, c.id) > ('2026-03-03T00:00:00Z', '00000000-0000-0000-0000-000000000000')
       ORDER BY c.queue_at, c.id LIMIT 50
      """;

  @Test
  void a_page_of_the_queue_is_found_by_its_index() {
    try (var net = new Network()) {
      var id = net.submitted(Urgency.GREEN);
      net.asServer(tx -> tx.run(MANY, id));
      var plan =
          net.world
              .platform()
              .database()
              .inTransaction(
                  net.coordinator.caller(),
                  tx ->
                      tx.rows(PAGE.formatted(net.clinics)).stream()
                          .map(row -> row.getString(0))
                          .collect(Collectors.joining("\n")));
      assertThat(plan).contains("consult_queue").doesNotContain("Seq Scan on consult");
    }
  }
}
