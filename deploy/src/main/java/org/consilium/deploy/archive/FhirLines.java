package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;

/** The same record as other systems read it. Nothing of it is read again by an import. */
public interface FhirLines {
  List<String> types();

  /** Writes every resource of a type, one a line; answers how many. */
  long write(UUID organisation, String type, OutputStream into) throws IOException;
}
