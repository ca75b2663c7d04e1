package org.consilium.platform.database;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waits for a future on a virtual thread, and throws what it failed with as it was. */
public final class Await {
  private Await() {}

  /** The future's value; the thread must not be an event loop. */
  public static <T> T on(Future<T> future) {
    return join(future.toCompletionStage().toCompletableFuture());
  }

  /**
   * The same, but no longer than {@code limit}: then a {@link CompletionException} whose cause is a
   * {@link java.util.concurrent.TimeoutException}. The future itself goes on.
   */
  static <T> T within(Duration limit, Future<T> future) {
    return join(
        future
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        // The stack of the database driver says nothing; the caller's own says which statement.
        cause.addSuppressed(new Throwable("awaited here"));
        throw cause;
      }
      throw failure;
    }
  }
}
