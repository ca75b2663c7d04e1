package org.consilium.platform.database;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Waits for a future on a virtual thread, and throws what it failed with as it was. */
public final class Await {
  private Await() {}

  /** The future's value; the thread must not be an event loop. */
  public static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
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
