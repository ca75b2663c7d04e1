package org.consilium.platform.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.SignIn;

/**
 * One request of a {@link StreamRoute}. It has no transaction of its own, because bytes may take
 * minutes: each {@link #inTransaction} looks anew whether the caller may still act.
 */
public final class StreamCall {
  private final RoutingContext context;
  private final Context eventLoop;
  private final Asking asking;
  private final Optional<SignIn> reader;
  private final StreamedBody body;

  /** Opens a transaction as who sends the request, or as the named sign-in. */
  interface Asking {
    <T> T run(Optional<SignIn> reader, Function<Tx, T> work);
  }

  StreamCall(RoutingContext context, Context eventLoop, Asking asking) {
    this(
        context,
        eventLoop,
        asking,
        Optional.empty(),
        new StreamedBody(context.request(), eventLoop));
  }

  private StreamCall(
      RoutingContext context,
      Context eventLoop,
      Asking asking,
      Optional<SignIn> reader,
      StreamedBody body) {
    this.context = context;
    this.eventLoop = eventLoop;
    this.asking = asking;
    this.reader = reader;
    this.body = body;
  }

  /** What whoever comes by a link is told once it holds no more. */
  public static Refusal linkOver() {
    return Refusal.notFound("link-over", "This link is over; ask for a new one where it was made.");
  }

  /**
   * The same request in the name of a sign-in that its address proves, whatever session it bears;
   * 404 for each transaction once that is over.
   */
  public StreamCall inNameOf(SignIn signIn) {
    return new StreamCall(context, eventLoop, asking, Optional.of(signIn), body);
  }

  /** Does {@code work} as the caller in one transaction; refuses whose session is over. */
  public <T> T inTransaction(Function<Tx, T> work) {
    return asking.run(reader, work);
  }

  public StreamedBody body() {
    return body;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  /** An identifier in the path; 404 when it is none, since nothing has such a name. */
  public UUID pathId(String name) {
    try {
      return UUID.fromString(context.pathParam(name));
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound("no-such-page", "There is nothing at this address.");
    }
  }

  public String path(String name) {
    return context.pathParam(name);
  }

  public boolean isHead() {
    return context.request().method() == io.vertx.core.http.HttpMethod.HEAD;
  }

  /** Answers without a body. */
  public void answer(int status, Map<String, String> headers) {
    onLoop(() -> {
      begin(status, headers);
      return response().end();
    });
  }

  /**
   * Answers with {@code length} bytes, which are asked for piece by piece as the link takes them.
   *
   * @param next answers the next bytes, given how many went before; must not be called for none
   */
  public void answer(
      int status, Map<String, String> headers, long length, Function<Long, byte[]> next) {
    onLoop(() -> {
      begin(status, headers);
      response().putHeader("Content-Length", Long.toString(length));
      // Thin links gain nothing from packing packed bytes, and ranges would not fit.
      response().putHeader("Content-Encoding", "identity");
      return Future.succeededFuture();
    });
    for (long sent = 0; sent < length && !isHead(); ) {
      var piece = next.apply(sent);
      onLoop(() -> response().write(Buffer.buffer(piece)));
      sent += piece.length;
    }
    onLoop(() -> response().end());
  }

  private void begin(int status, Map<String, String> headers) {
    response().setStatusCode(status);
    headers.forEach(response()::putHeader);
  }

  private HttpServerResponse response() {
    return context.response();
  }

  private void onLoop(Supplier<Future<Void>> step) {
    var done = Promise.<Void>promise();
    eventLoop.runOnContext(_ -> {
      try {
        step.get().onComplete(done);
      } catch (RuntimeException gone) {
        done.fail(gone);
      }
    });
    Await.on(done.future());
  }
}
