package org.consilium.deploy.archive;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.deploy.Server;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.fhir.FhirPages;

/** What the facade shows of an organisation, in pages of a transaction each. */
public final class FhirOfRecords implements FhirLines, AutoCloseable {
  private static final int PAGE = 500;

  private final Database database;
  private final FhirPages pages;
  private final Runnable closing;

  /** The record of a program that runs. */
  public FhirOfRecords(Database database, FhirPages pages) {
    this(database, pages, () -> {});
  }

  private FhirOfRecords(Database database, FhirPages pages, Runnable closing) {
    this.database = database;
    this.pages = pages;
    this.closing = closing;
  }

  /** The record of a database without a server; close it. */
  public static FhirOfRecords open(DatabaseAddress address, InstantSource clock) {
    var vertx = Vertx.vertx();
    var modules = Server.recordsOf(vertx, address, clock, Signer.ephemeral());
    return new FhirOfRecords(
        modules.platform().database(),
        modules.records().fhirPages(),
        () -> {
          modules.platform().close();
          Await.on(vertx.close());
        });
  }

  @Override
  public List<String> types() {
    return pages.types();
  }

  @Override
  public long write(UUID organisation, String type, OutputStream into) throws IOException {
    var reader = FhirPages.reader(new OrganisationId(organisation));
    long count = 0;
    Optional<String> from = Optional.empty();
    do {
      var begin = from;
      var page =
          database.inTransaction(reader, tx -> pages.page(tx, type, begin, Optional.empty(), PAGE));
      into.write(page.lines());
      count += page.count();
      from = page.next();
    } while (from.isPresent());
    return count;
  }

  @Override
  public void close() {
    closing.run();
  }
}
