package org.consilium.platform.live;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/**
 * Tells open pages that something changed, when the transaction commits: a topic and an id, never
 * the thing itself. Pages fetch again, with their own rights.
 */
public final class Changes {
  static final String CHANNEL = "consilium_changes";

  /** PostgreSQL refuses a notice of 8,000 bytes, and with it the act; an id takes 39. */
  private static final int PEOPLE_PER_NOTICE_MAX = 150;

  private static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', $1)";

  /** What travels between nodes. */
  record Notice(String topic, UUID id, OrganisationId owner, Collection<AccountId> alsoTo) {}

  /**
   * @param topic {@code consult}, {@code offers}, {@code roster}, {@code patient} or {@code call}
   * @param owner everybody signed in to this organisation is told
   * @param alsoTo these people are told wherever they are signed in
   */
  public void tell(
      Tx tx, String topic, UUID id, OrganisationId owner, Collection<AccountId> alsoTo) {
    var people = List.copyOf(alsoTo);
    for (int from = 0; from == 0 || from < people.size(); from += PEOPLE_PER_NOTICE_MAX) {
      int until = Math.min(people.size(), from + PEOPLE_PER_NOTICE_MAX);
      tx.send(NOTIFY, Json.text(new Notice(topic, id, owner, people.subList(from, until))));
    }
  }
}
