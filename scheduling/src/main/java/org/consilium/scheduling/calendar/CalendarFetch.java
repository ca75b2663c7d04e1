package org.consilium.scheduling.calendar;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.database.Await;

/**
 * Fetches somebody's calendar with the care a server owes: only where {@link AddressRule} allows,
 * at the very address that was checked, within limits of size, time and redirects. Call it on a
 * virtual thread.
 */
final class CalendarFetch implements AutoCloseable {
  /** A calendar of many years is about one megabyte. */
  static final int BYTES_MAX = 4 * 1024 * 1024;

  static final int REDIRECTS_MAX = 3;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int TOTAL_SECONDS = 20;
  private static final int OK = 200;

  /** It could not be fetched; its message is for the calendar's owner. */
  static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    Unreachable(String sentence) {
      super(sentence);
    }
  }

  private final AddressRule rule;
  private final HttpClient client;

  CalendarFetch(Vertx vertx, AddressRule rule) {
    this.rule = rule;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(false)
                .setDecompressionSupported(false));
  }

  byte[] fetch(URI calendar) throws Unreachable {
    URI at = calendar;
    for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
      Page page = get(at);
      if (page.redirect == null) {
        return page.body;
      }
      at =
          rule.link(at.resolve(page.redirect).toString())
              .orElseThrow(() -> new Unreachable("The address leads to one that is not called."));
    }
    throw new Unreachable("The address leads on and on.");
  }

  private record Page(byte[] body, String redirect) {}

  private Page get(URI at) throws Unreachable {
    boolean encrypted = at.getScheme().equalsIgnoreCase("https");
    int port = at.getPort() != -1 ? at.getPort() : encrypted ? 443 : 80;
    var path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            // The name is looked up once: what is called is what was checked.
            .setServer(SocketAddress.inetSocketAddress(port, allowed(at.getHost())))
            .setHost(at.getHost())
            .setPort(port)
            .setSsl(encrypted)
            .setURI(at.getRawQuery() == null ? path : path + "?" + at.getRawQuery())
            .putHeader("Accept", "text/calendar")
            .putHeader("User-Agent", "Consilium");
    try {
      return Await.on(
          client
              .request(options)
              .compose(request -> request.send().compose(CalendarFetch::read))
              .timeout(TOTAL_SECONDS, TimeUnit.SECONDS));
    } catch (TooLarge e) {
      throw new Unreachable(
          "The calendar is larger than %d MB.".formatted(BYTES_MAX / (1024 * 1024)));
    } catch (Status e) {
      throw new Unreachable("The calendar's server answered with status " + e.status + ".");
    } catch (RuntimeException e) {
      throw new Unreachable("The calendar's server could not be reached.");
    }
  }

  /** The first address of a host; none of them may be one that is not called. */
  private String allowed(String host) throws Unreachable {
    try {
      var addresses = InetAddress.getAllByName(host);
      if (!Arrays.stream(addresses).allMatch(rule.reachable()::test)) {
        throw new Unreachable("The address is not on the public internet.");
      }
      return addresses[0].getHostAddress();
    } catch (UnknownHostException e) {
      throw new Unreachable("There is no server of this name.");
    }
  }

  private static Future<Page> read(HttpClientResponse response) {
    int status = response.statusCode();
    var location = response.getHeader("Location");
    if (status >= 301 && status <= 308 && location != null) {
      drop(response);
      return Future.succeededFuture(new Page(null, location));
    }
    if (status != OK) {
      drop(response);
      return Future.failedFuture(new Status(status));
    }
    Promise<Page> page = Promise.promise();
    var body = Buffer.buffer();
    response.handler(part -> {
      body.appendBuffer(part);
      if (body.length() > BYTES_MAX) {
        page.tryFail(new TooLarge());
        response.request().reset();
      }
    });
    response.exceptionHandler(page::tryFail);
    response.endHandler(_ -> page.tryComplete(new Page(body.getBytes(), null)));
    return page.future();
  }

  /** Ends the answer without reading it; that it was cut is no news. */
  private static void drop(HttpClientResponse response) {
    response.exceptionHandler(_ -> {});
    response.request().reset();
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Status extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Status(int status) {
      this.status = status;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
