package org.consilium.records.fhir;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.identity.Role;
import org.consilium.records.note.reading.ReaderStore;

/** Whoever reads a note here is told when it is taken back, as if they had opened its page. */
final class NoteReading {
  /** How {@code records.note_standing} calls what was taken back. */
  static final String TAKEN_BACK = "entered-in-error";

  private static final ReaderStore READERS = new ReaderStore();

  private NoteReading() {}

  /**
   * @param rows with {@code note_id} and how the note stands ({@code note_status}); of those that
   *     were taken back nothing is read
   */
  static void of(Tx tx, List<Row> rows) {
    if (tx.caller().role() == Role.PROGRAM) {
      return; // Nobody to tell.
    }
    READERS.read(
        tx,
        rows.stream()
            .filter(row -> !row.getString("note_status").equals(TAKEN_BACK))
            .map(row -> new NoteId(row.getUUID("note_id")))
            .distinct()
            .toList());
  }
}
