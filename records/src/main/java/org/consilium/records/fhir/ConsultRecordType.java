package org.consilium.records.fhir;

import java.util.Set;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/** What belongs to a consult: read by its owner's people and its care team. */
abstract class ConsultRecordType extends ResourceType {
  private final String table;
  private final Set<Role> readers;

  /**
   * @param table the name in {@link #select()} of the table with the consult's id
   */
  ConsultRecordType(String table) {
    this(table, CARE);
  }

  ConsultRecordType(String table, Set<Role> readers) {
    this.table = table;
    this.readers = readers;
  }

  @Override
  final Set<Role> readers() {
    return readers;
  }

  @Override
  String scope(Caller caller) {
    return ofConsults(caller, table);
  }
}
