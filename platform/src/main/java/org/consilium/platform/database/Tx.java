package org.consilium.platform.database;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.Id;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * One open transaction. It carries who acts and at what moment, so that the act, its audit line and
 * its event agree. Used on one virtual thread; every method but {@link #send} waits for the
 * database.
 *
 * <p>Parameters are given as {@code $1, $2 …}. An {@link Id} passes as its UUID, an {@link Instant}
 * as a {@code timestamptz}, an enum by its wire name, an empty {@link Optional} as null, a
 * collection of ids as {@code uuid[]} (never an empty one, whose type nobody could tell).
 */
public final class Tx {
  private final SqlConnection connection;
  private final Instant now;
  private final List<Future<RowSet<Row>>> sent = new ArrayList<>();
  private Caller caller;

  /** Whether some work is being done with the server's sight. */
  private boolean serves;

  Tx(SqlConnection connection, Caller caller, Instant now) {
    this.connection = connection;
    this.caller = caller;
    this.now = now;
  }

  /** Who acts; {@link Caller#worker()} for timers and listeners. */
  public Caller caller() {
    return caller;
  }

  /** The moment of this transaction, the same for everything in it. */
  public Instant now() {
    return now;
  }

  /** Goes on as {@code caller}: what row security shows from here on is theirs. */
  public void actAs(Caller caller) {
    this.caller = caller;
    rows(
        "SELECT set_config('app.organisation', $1, true), set_config('app.account', $2, true)",
        caller.organisation().toString(),
        caller.account().toString());
  }

  /**
   * Does {@code work} with the server's own sight: what is owed to everybody and no single caller
   * may see. Look first, as the caller, whether they may ask for it. Inside another such work it
   * just goes on; a failure in it ends the transaction anyway.
   */
  public <T> T asServer(Supplier<T> work) {
    if (caller.role() == Role.WORKER || serves) {
      return work.get();
    }
    run("SET LOCAL ROLE consilium_worker");
    serves = true;
    T result = work.get();
    serves = false;
    run("SET LOCAL ROLE consilium_app");
    return result;
  }

  /** The same, where nothing comes of it but what it changes. */
  public void asServer(Runnable work) {
    asServer(() -> {
      work.run();
      return this;
    });
  }

  /**
   * What follows by itself from somebody's act: done, remembered and audited in the server's own
   * name, not in theirs. Within {@link #asServer}, or in a transaction of the server's own.
   */
  public void inServersName(Runnable work) {
    var person = caller;
    if (!person.isPerson()) {
      work.run();
      return;
    }
    actAs(Caller.worker());
    work.run();
    actAs(person);
  }

  /** Every row that the statement answers. */
  public List<Row> rows(String sql, Object... parameters) {
    return list(sql, Function.identity(), parameters);
  }

  /** Every row that the statement answers, read by {@code reader}. */
  public <T> List<T> list(String sql, Function<Row, T> reader, Object... parameters) {
    var answer = execute(sql, parameters);
    var list = new ArrayList<T>(answer.size());
    for (Row row : answer) {
      list.add(reader.apply(row));
    }
    return list;
  }

  /** The first row, or none. */
  public Optional<Row> one(String sql, Object... parameters) {
    var rows = execute(sql, parameters).iterator();
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }

  /** Runs a statement and says how many rows it touched. */
  public int run(String sql, Object... parameters) {
    return execute(sql, parameters).rowCount();
  }

  /**
   * Sends a statement whose answer nobody needs, without waiting for it: what follows is run after
   * it all the same. When it fails the transaction does, at the latest at its end.
   */
  public void send(String sql, Object... parameters) {
    sent.add(ask(sql, parameters));
  }

  /** Waits for all that was sent, and throws what the first that failed did. */
  void settle() {
    for (var answer : sent) {
      Await.within(Database.ANSWER_TIME_MAX, answer);
    }
    sent.clear();
  }

  private RowSet<Row> execute(String sql, Object... parameters) {
    try {
      return Await.within(Database.ANSWER_TIME_MAX, ask(sql, parameters));
    } catch (RuntimeException failure) {
      // It may have failed only because one that was sent before it has: that one is told then.
      settle();
      throw failure;
    }
  }

  private Future<RowSet<Row>> ask(String sql, Object... parameters) {
    var tuple = Tuple.tuple(new ArrayList<>(parameters.length));
    for (Object parameter : parameters) {
      tuple.addValue(plain(parameter));
    }
    return connection.preparedQuery(sql).execute(tuple);
  }

  private static Object plain(Object value) {
    return switch (value) {
      case null -> null;
      case Id id -> id.value();
      case Instant instant -> instant.atOffset(ZoneOffset.UTC);
      case Wire name -> name.wire();
      case Enum<?> name -> Wire.of(name);
      case Optional<?> optional -> plain(optional.orElse(null));
      case byte[] bytes -> Buffer.buffer(bytes);
      case JsonObject json -> json;
      case JsonArray json -> json;
      case Collection<?> many -> array(many);
      default -> value;
    };
  }

  /** Ids become {@code uuid[]}, everything else {@code text[]}. */
  private static Object array(Collection<?> many) {
    var plain = many.stream().map(Tx::plain).toList();
    return !plain.isEmpty() && plain.stream().allMatch(UUID.class::isInstance)
        ? plain.toArray(UUID[]::new)
        : plain.stream().map(v -> v == null ? null : v.toString()).toArray(String[]::new);
  }
}
