package org.consilium.scheduling.catalogue;

import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;

/** HTTP for the catalogue. */
public final class CatalogueRoutes {
  private final CatalogueStore catalogue;

  public CatalogueRoutes(CatalogueStore catalogue) {
    this.catalogue = catalogue;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("getCatalogue", this::get);
  }

  private Answer get(Call call) {
    return Answer.ok(catalogue.newest(call.tx()));
  }
}
