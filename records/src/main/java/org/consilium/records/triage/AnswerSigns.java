package org.consilium.records.triage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.records.patient.Age;

/** Finds the danger signs in answers to forms, in the shape of the contract. */
@FunctionalInterface
public interface AnswerSigns {
  /** A 422 when the answers are impossible. */
  List<FormSign> in(Tx tx, List<JsonNode> answers, Age age);
}
