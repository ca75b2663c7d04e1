package org.consilium.scheduling.booking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.HoursJson;
import org.consilium.scheduling.roster.HoursStore;

/** HTTP for rooms and devices of the caller's own sites. */
final class SiteResourceRoutes {
  private static final String THING = "thing";

  record Add(SiteResource.Kind kind, String name) {}

  record Save(String name, boolean retired, Optional<HoursJson> hours) {}

  record View(
      UUID id,
      SiteId siteId,
      SiteResource.Kind kind,
      String name,
      boolean retired,
      int version,
      Optional<HoursJson> hours) {}

  record Items<T>(List<T> items) {}

  private final Platform platform;
  private final SiteResourceStore things;
  private final HoursStore hours;

  SiteResourceRoutes(Platform platform, SiteResourceStore things, HoursStore hours) {
    this.platform = platform;
    this.things = things;
    this.hours = hours;
  }

  Routes addTo(Routes routes) {
    return routes
        .operation("listSiteResources", this::list)
        .operation("addSiteResource", this::add)
        .operation("saveSiteResource", this::save);
  }

  private Answer list(Call call) {
    var site = ownSite(call, new SiteId(call.pathId("siteId")));
    return Answer.ok(new Items<>(views(call.tx(), things.ofSite(call.tx(), site))));
  }

  private Answer add(Call call) {
    var site = ownSite(call, new SiteId(call.pathId("siteId")));
    var body = call.body(Add.class);
    var id = Uuid7.next();
    things.insert(
        call.tx(), id, call.caller().organisation(), site, body.kind(), body.name().strip());
    platform.audit().append(call.tx(), "site-resource.add", Subject.none().part("resource", id));
    return Answer.created(view(call.tx(), id));
  }

  /** Its hours go with it: absent ones mean that it can be had while its site is open. */
  private Answer save(Call call) {
    var tx = call.tx();
    var id = call.pathId("resourceId");
    var found = things.find(tx, id).orElseThrow(SiteResourceRoutes::notFound);
    ownResource(call, found);
    var body = call.body(Save.class);
    body.hours()
        .ifPresent(promise -> {
          promise.read("/hours");
          int version = hours.lock(tx, id).map(HoursStore.Saved::version).orElse(0);
          hours.save(tx, id, THING, promise, version + 1);
        });
    if (!things.update(tx, id, call.ifMatch(), body.name().strip(), body.retired())) {
      throw Refusal.editedElsewhere(found.version());
    }
    platform.audit().append(tx, "site-resource.save", Subject.none().part("resource", id));
    return Answer.ok(view(tx, id));
  }

  private View view(Tx tx, UUID id) {
    return views(tx, List.of(things.find(tx, id).orElseThrow())).getFirst();
  }

  private List<View> views(Tx tx, List<SiteResource> found) {
    Map<UUID, HoursStore.Saved> own = hours.of(tx, found.stream().map(SiteResource::id).toList());
    return found.stream()
        .map(one ->
            new View(
                one.id(),
                one.siteId(),
                one.kind(),
                one.name(),
                one.retired(),
                one.version(),
                Optional.ofNullable(own.get(one.id())).map(HoursStore.Saved::json)))
        .toList();
  }

  private SiteId ownSite(Call call, SiteId site) {
    var own = platform.directory().sitesOf(call.tx(), call.caller().organisation());
    if (own.stream().noneMatch(one -> one.id().equals(site))) {
      throw Refusal.notFound("site-not-found", "Your organisation has no such site.");
    }
    return site;
  }

  private void ownResource(Call call, SiteResource found) {
    var own = platform.directory().sitesOf(call.tx(), call.caller().organisation());
    if (own.stream().noneMatch(one -> one.id().equals(found.siteId()))) {
      throw notFound();
    }
  }

  private static Refusal notFound() {
    return Refusal.notFound("site-resource-not-found", "Your sites have no such room or device.");
  }
}
