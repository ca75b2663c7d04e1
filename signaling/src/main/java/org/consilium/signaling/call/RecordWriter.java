package org.consilium.signaling.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries into the database in the order in which they come, on a thread of its own.
 *
 * <p>What has gathered while the one before was written goes in one transaction: when many come at
 * once, begin, commit and telling are shared. When that fails each is written alone, so that one
 * bad entry costs no other.
 */
final class RecordWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

  /** A minute of the busiest server; past it entries are dropped and that is logged. */
  private static final int ENTRIES_MAX = 10_000;

  /** Some tens of milliseconds: no row is locked for longer, and a question waits no longer. */
  private static final int TOGETHER_MAX = 32;

  /** A clash with another writer ends sooner. */
  private static final int REFUSALS_MAX = 5;

  private static final long RETRY_MILLIS = 1_000;

  private final Database database;
  private final Consumer<Tx> last;
  private final Queue writer = new Queue();

  /** Not written yet; the writer's thread only. */
  private final List<Entry> gathered = new ArrayList<>();

  /**
   * @param last what each transaction does at its end
   */
  RecordWriter(Database database, Consumer<Tx> last) {
    this.database = database;
    this.last = last;
  }

  /** What is written in one transaction. */
  private interface Entry {
    void write(Tx tx);

    /** It is committed. */
    default void written() {}

    /** Whether somebody was told that it has failed, and it is not tried again. */
    default boolean refused(RuntimeException failure) {
      return false;
    }
  }

  /** Runs {@code act} after all before it, on the writer's thread. */
  void execute(Runnable act) {
    writer.execute(act);
  }

  /** Has an entry written; on the writer's thread. */
  void add(Consumer<Tx> entry) {
    gathered.add(entry::accept);
  }

  /** Answers after all before it is written down; fails at once when the database does. */
  <T> Future<T> ask(Function<Tx, T> question) {
    Promise<T> promise = Promise.promise();
    writer.execute(() ->
        gathered.add(
            new Entry() {
              private T answer;

              @Override
              public void write(Tx tx) {
                answer = question.apply(tx);
              }

              @Override
              public void written() {
                promise.complete(answer);
              }

              @Override
              public boolean refused(RuntimeException failure) {
                promise.fail(failure);
                return true;
              }
            }));
    return promise.future();
  }

  /** Entries that wait. */
  int backlog() {
    return writer.getQueue().size();
  }

  /** One virtual thread and its bounded queue. */
  private final class Queue extends ThreadPoolExecutor {
    Queue() {
      super(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(ENTRIES_MAX),
          Thread.ofVirtual().name("call-record").factory(),
          (_, pool) -> {
            if (!pool.isShutdown()) {
              LOG.error("The record of calls is {} entries behind; one is lost", ENTRIES_MAX);
            }
          });
    }

    @Override
    protected void afterExecute(Runnable act, Throwable failure) {
      if (getQueue().isEmpty() || gathered.size() >= TOGETHER_MAX) {
        writeGathered();
      }
    }
  }

  private void writeGathered() {
    var entries = List.copyOf(gathered);
    gathered.clear();
    if (entries.size() > 1) {
      try {
        transact(entries);
        return;
      } catch (RuntimeException e) {
        LOG.debug("{} entries are written one by one", entries.size(), e);
      }
    }
    entries.forEach(this::writeAlone);
  }

  private void transact(List<Entry> entries) {
    database.asWorker(tx -> {
      entries.forEach(entry -> entry.write(tx));
      last.accept(tx);
      return null;
    });
    entries.forEach(Entry::written);
  }

  private void writeAlone(Entry entry) {
    int refused = 0;
    while (true) {
      try {
        transact(List.of(entry));
        return;
      } catch (RuntimeException e) {
        if (entry.refused(e)) {
          return;
        }
        // A database that is away is waited for, however long; one that answers and refuses is not.
        refused += database.isReachable() ? 1 : 0;
        if (refused == REFUSALS_MAX || writer.isShutdown()) {
          LOG.error("An entry of a call's record was lost", e);
          return;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is waiting, for a few seconds at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(3, TimeUnit.SECONDS)) {
        LOG.warn("The record of calls was closed with {} entries unwritten", backlog());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
