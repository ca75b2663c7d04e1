package org.consilium.scheduling.calendar;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.PublicAddress;
import org.consilium.platform.http.Routes;

/** HTTP for calendars. */
public final class CalendarRoutes {
  /** The contract of these operations. */
  public static final String CONTRACT = "openapi/calendar.yaml";

  record Save(String url) {}

  record Made(String url) {}

  record Links(FeedView feed, @JsonProperty("import") ImportView importing) {}

  record FeedView(boolean active, Instant madeAt, Instant readAt) {}

  record ImportView(
      String host, Instant savedAt, Instant fetchedAt, Integer busyCount, String problem) {}

  private final CalendarService calendars;
  private final Optional<URI> publicUrl;

  public CalendarRoutes(CalendarService calendars, Optional<URI> publicUrl) {
    this.calendars = calendars;
    this.publicUrl = publicUrl;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getCalendarLinks", this::links)
        .operation("makeCalendarFeed", this::makeFeed)
        .operation("endCalendarFeed", this::endFeed)
        .operation("saveCalendarImport", this::saveImport)
        .operation("endCalendarImport", this::endImport)
        .operation("readCalendarFeed", this::readFeed);
  }

  private Answer links(Call call) {
    var tx = call.tx();
    var feed =
        calendars
            .feedOf(tx)
            .map(made -> new FeedView(true, made.madeAt(), made.readAt()))
            .orElseGet(() -> new FeedView(false, null, null));
    var importing =
        calendars
            .importOf(tx)
            .map(saved ->
                new ImportView(
                    URI.create(saved.url()).getHost(),
                    saved.savedAt(),
                    saved.fetchedAt(),
                    saved.busyCount(),
                    saved.problem()))
            .orElse(null);
    return Answer.ok(new Links(feed, importing));
  }

  private Answer makeFeed(Call call) {
    var secret = calendars.makeFeed(call.tx());
    return Answer.created(new Made(page(call) + "/api/v1/calendar-feeds/" + secret));
  }

  private Answer endFeed(Call call) {
    calendars.endFeed(call.tx());
    return Answer.noContent();
  }

  private Answer saveImport(Call call) {
    calendars.saveImport(call.tx(), call.body(Save.class).url());
    return links(call);
  }

  private Answer endImport(Call call) {
    calendars.endImport(call.tx());
    return Answer.noContent();
  }

  private Answer readFeed(Call call) {
    var text = calendars.feed(call.tx(), call.path("secret"), page(call));
    return Answer.ok(
        new Answer.Raw("text/calendar; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
  }

  private URI page(Call call) {
    return PublicAddress.of(call, publicUrl);
  }
}
