package org.consilium.platform.http;

import io.vertx.ext.web.RoutingContext;
import org.consilium.platform.id.Uuid7;

/** Names each request in answers, audit lines and logs. */
final class RequestIds {
  private static final String KEY = "requestId";

  private RequestIds() {}

  static void give(RoutingContext context) {
    var id = Uuid7.next().toString();
    context.put(KEY, id);
    context.response().putHeader("X-Request-Id", id);
    context.next();
  }

  static String of(RoutingContext context) {
    String id = context.get(KEY);
    return id == null ? "" : id;
  }
}
