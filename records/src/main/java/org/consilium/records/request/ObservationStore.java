package org.consilium.records.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.records.form.FormFacts.Fact;
import org.consilium.records.triage.Consciousness;
import org.consilium.records.triage.DangerSignAnswer;
import org.consilium.records.triage.VitalCode;
import org.consilium.records.triage.VitalSign;

/**
 * All SQL about observations. Table: {@code records.observation} (insert only), V003__forms.sql.
 */
public final class ObservationStore {
  private static final String LOINC = "http://loinc.org";
  private static final String OWN = "urn:consilium:code:observation";

  /** The system of danger signs, whose value is {@code true} or {@code false}. */
  public static final String DANGER_SIGNS = "urn:consilium:code:danger-sign";

  private static final String ADD =
      """
      INSERT INTO records.observation (organisation_id, consult_id, patient_id, source, code_system,
                                       code, value_num, value_unit, value_code, value_text, method,
                                       effective_at, recorded_by, recorded_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  /** A code and whose it is; LOINC where its code is certain, else our own word. */
  private record Code(String system, String code) {
    static Code of(VitalCode vital) {
      return switch (vital) {
        case TEMPERATURE -> new Code(LOINC, "8310-5");
        case HEART_RATE -> new Code(LOINC, "8867-4");
        case RESPIRATORY_RATE -> new Code(LOINC, "9279-1");
        case SYSTOLIC -> new Code(LOINC, "8480-6");
        case DIASTOLIC -> new Code(LOINC, "8462-4");
        case OXYGEN_SATURATION -> new Code(LOINC, "59408-5");
        case OXYGEN_FLOW -> new Code(LOINC, "3151-8");
        case WEIGHT -> new Code(LOINC, "29463-7");
        case HEIGHT -> new Code(LOINC, "8302-2");
        case GLUCOSE -> new Code(LOINC, "15074-8");
        case PAIN -> new Code(LOINC, "72514-3");
        case CAPILLARY_REFILL, MUAC -> new Code(OWN, vital.wire());
      };
    }
  }

  /** What was measured; without a time it counts as taken at {@code at}. */
  void addVitals(Tx tx, Standing standing, String source, List<VitalSign> vitals, Instant at) {
    for (var sign : vitals) {
      add(
          tx,
          standing,
          source,
          Code.of(sign.code()),
          new Fact(
              Optional.empty(),
              sign.code().wire(),
              Optional.of(sign.value()),
              Optional.of(sign.unit()),
              Optional.empty(),
              Optional.empty()),
          sign.method(),
          sign.takenAt().orElse(at));
    }
  }

  void addConsciousness(
      Tx tx, Standing standing, String source, Optional<Consciousness> state, Instant at) {
    state.ifPresent(level ->
        add(
            tx,
            standing,
            source,
            new Code(OWN, "avpu"),
            new Fact(
                Optional.empty(),
                "avpu",
                Optional.empty(),
                Optional.empty(),
                Optional.of(level.wire()),
                Optional.empty()),
            Optional.empty(),
            at));
  }

  /** Whether each danger sign that was looked for is there. */
  void addDangerSigns(
      Tx tx, Standing standing, String source, List<DangerSignAnswer> signs, Instant at) {
    for (var sign : signs) {
      add(
          tx,
          standing,
          source,
          new Code(DANGER_SIGNS, sign.code()),
          new Fact(
              Optional.empty(),
              sign.code(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(Boolean.toString(sign.present())),
              Optional.empty()),
          Optional.empty(),
          at);
    }
  }

  /** What forms marked as an observation. */
  void addFacts(Tx tx, Standing standing, String source, List<Fact> facts, Instant at) {
    for (var fact : facts) {
      var code = new Code(fact.system().orElse(OWN), fact.code());
      add(tx, standing, source, code, fact, Optional.empty(), at);
    }
  }

  private static void add(
      Tx tx,
      Standing standing,
      String source,
      Code code,
      Fact fact,
      Optional<String> method,
      Instant effectiveAt) {
    tx.run(
        ADD,
        standing.owner(),
        standing.consult(),
        standing.patient(),
        source,
        code.system(),
        code.code(),
        fact.number(),
        fact.unit(),
        fact.valueCode(),
        fact.text(),
        method,
        effectiveAt,
        tx.caller().account(),
        tx.now());
  }
}
