package org.consilium.platform.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Identity;
import org.consilium.platform.identity.Sessions;
import org.consilium.platform.identity.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts {@link StreamRoute}s on the router and runs each request on a virtual thread. */
final class Streams {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  /** How long what nobody wants is still taken, so that the refusal itself arrives. */
  private static final long UNWANTED_MILLIS_MAX = 2_000;

  private final Vertx vertx;
  private final Transactions transactions;
  private final Identity identity;

  Streams(Vertx vertx, Database database, Identity identity) {
    this.vertx = vertx;
    this.transactions = new Transactions(database);
    this.identity = identity;
  }

  void mount(Router router, StreamRoute route) {
    router
        .route(route.method(), Contract.BASE + route.path())
        .handler(context -> start(context, route));
  }

  private void start(RoutingContext context, StreamRoute route) {
    context.request().pause();
    context.response().putHeader("Cache-Control", "no-store");
    var eventLoop = vertx.getOrCreateContext();
    var call = new StreamCall(context, eventLoop, asking(context, route));
    Thread.ofVirtual()
        .name(RequestIds.of(context))
        .start(() -> {
          try {
            route.handler().accept(call);
          } catch (Throwable failure) {
            eventLoop.runOnContext(_ -> fail(context, eventLoop, failure));
          }
        });
  }

  private StreamCall.Asking asking(RoutingContext context, StreamRoute route) {
    return new StreamCall.Asking() {
      @Override
      public <T> T run(Optional<SignIn> reader, Function<Tx, T> work) {
        return transactions.run(
            Caller.anonymous(RequestIds.of(context)),
            tx -> {
              if (reader.isPresent()) {
                tx.actAs(identity.caller(tx, reader.get()).orElseThrow(StreamCall::linkOver));
              } else {
                sender(tx, context).ifPresent(tx::actAs);
              }
              Operation.admit(tx.caller(), route.roles());
              return work.apply(tx);
            });
      }
    };
  }

  private Optional<Caller> sender(Tx tx, RoutingContext context) {
    var request = context.request();
    var cookie =
        Optional.ofNullable(request.getCookie(Sessions.COOKIE))
            .map(io.vertx.core.http.Cookie::getValue)
            .orElse(null);
    return identity.caller(tx, request.getHeader("Authorization"), cookie, RequestIds.of(context));
  }

  private void fail(RoutingContext context, Context eventLoop, Throwable failure) {
    var request = context.request();
    if (context.response().headWritten()) {
      // The answer has begun: only a broken connection says that it is not whole.
      if (!isGone(failure)) {
        LOG.warn("Request {} was broken off: {}", RequestIds.of(context), failure.toString());
      }
      request.connection().close();
      return;
    }
    if (!request.isEnded()) {
      context.response().putHeader("Connection", "close");
      request.handler(_ -> {});
      request.resume();
      vertx.setTimer(
          UNWANTED_MILLIS_MAX, _ -> eventLoop.runOnContext(_ -> request.connection().close()));
    }
    context.fail(failure);
  }

  private static boolean isGone(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof io.vertx.core.http.HttpClosedException
        || (failure instanceof CompletionException && failure.getCause() instanceof IOException);
  }
}
