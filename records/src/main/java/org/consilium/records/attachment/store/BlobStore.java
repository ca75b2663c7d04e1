package org.consilium.records.attachment.store;

import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;

/**
 * Where the bytes of files are kept. They come in order, never change, and go as a whole. A folder
 * or an object store can stand behind it as well as the database.
 */
public interface BlobStore {
  /** How many bytes {@link #append} is given at a time; only the last may be shorter. */
  int CHUNK_BYTES = 256 * 1024;

  /** Opens a new place for the bytes of an attachment. */
  UUID open(Tx tx, OrganisationId owner, ConsultId consult, AttachmentId attachment);

  /** Keeps the next chunk; {@code seq} counts from 0. */
  void append(Tx tx, OrganisationId owner, ConsultId consult, UUID blob, int seq, byte[] chunk);

  /** The bytes from {@code at} on, at most {@code most} and never over the end of a chunk. */
  byte[] read(Tx tx, OrganisationId owner, UUID blob, long at, int most);

  /** Throws away what was made before {@code before} and belongs to no file; answers how many. */
  int sweep(Tx tx, Instant before);
}
