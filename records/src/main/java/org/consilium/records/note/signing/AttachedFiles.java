package org.consilium.records.note.signing;

import java.util.List;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.records.note.chain.NoteDocument;

/** The files that the signer could see, whose hashes are signed along. */
public interface AttachedFiles {
  /** In a fixed order. */
  List<NoteDocument.Attached> of(Tx tx, Standing standing);
}
