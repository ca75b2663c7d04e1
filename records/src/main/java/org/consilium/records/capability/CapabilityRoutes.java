package org.consilium.records.capability;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.text.CleanText;

/** What a site has, over HTTP: read and confirmed by its own organisation. */
public final class CapabilityRoutes {
  private final Platform platform;
  private final CapabilityStore capabilities;

  public CapabilityRoutes(Platform platform, CapabilityStore capabilities) {
    this.platform = platform;
    this.capabilities = capabilities;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getCapabilities", this::get)
        .operation("confirmCapabilities", this::confirm);
  }

  private record Shown(
      int version,
      List<Capabilities.Capability> drugs,
      List<Capabilities.Capability> tests,
      Optional<Instant> confirmedAt,
      Optional<PersonRef> confirmedBy,
      boolean outdated) {}

  private Answer get(Call call) {
    return Answer.ok(shown(call.tx(), own(call)));
  }

  private Answer confirm(Call call) {
    var tx = call.tx();
    var site = own(call);
    var content = CleanText.of(call.body(Capabilities.class), Capabilities.class);
    var organisation = call.caller().organisation();
    int current =
        capabilities.current(tx, organisation, site).map(CapabilityProfile::version).orElse(0);
    if (call.ifMatch() != current
        || !capabilities.confirm(tx, organisation, site, current + 1, content)) {
      throw Refusal.editedElsewhere(current);
    }
    platform.audit().append(tx, "capabilities.confirm", Subject.of("site", site));
    return Answer.ok(shown(tx, site));
  }

  private SiteId own(Call call) {
    var site = new SiteId(call.pathId("siteId"));
    var found = platform.directory().sites(call.tx(), List.of(site)).get(site);
    if (found == null || !found.organisation().equals(call.caller().organisation())) {
      throw Refusal.notFound("site-not-found", "There is no such site in your organisation.");
    }
    return site;
  }

  private Shown shown(Tx tx, SiteId site) {
    var profile = capabilities.current(tx, tx.caller().organisation(), site);
    return new Shown(
        profile.map(CapabilityProfile::version).orElse(0),
        profile.map(p -> p.content().drugs()).orElse(List.of()),
        profile.map(p -> p.content().tests()).orElse(List.of()),
        profile.map(CapabilityProfile::confirmedAt),
        profile.map(p -> platform.directory().ref(tx, p.confirmedBy())),
        profile.map(p -> p.isOutdated(tx.now())).orElse(true));
  }
}
