package org.consilium.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Identity;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.Sessions;
import org.consilium.platform.program.Programs;
import org.consilium.platform.program.TokenEndpoint;

/**
 * All modules' operations behind one router made from their contracts. A request is checked against
 * the contract on the event loop; then it runs on a virtual thread, in one transaction that holds
 * the session's look-up, the act, its audit line, its events and the answer kept for its
 * Idempotency-Key: all of it happens, or none.
 */
final class Api {
  private static final String BEARER = "Bearer ";

  private final Vertx vertx;
  private final Transactions transactions;
  private final Identity identity;
  private final Programs programs;
  private final boolean checkAnswers;
  private final Map<String, Operation> operations = new HashMap<>();
  private JsonObject published;
  private OpenAPIContract contract;
  private ResponseValidator answers;

  /**
   * @param checkAnswers whether every answer is held against the contract too: for tests
   */
  Api(Vertx vertx, Platform platform, boolean checkAnswers) {
    this.vertx = vertx;
    this.transactions = new Transactions(platform.database());
    this.identity = platform.identity();
    this.programs = platform.programs();
    this.checkAnswers = checkAnswers;
  }

  /** The contract of this build, for readers. */
  JsonObject published() {
    return published;
  }

  /** The router of all operations; fails when contract and handlers do not match one to one. */
  Future<Router> router(List<Routes> modules) {
    var merged =
        Contract.merged(
            modules.stream().flatMap(module -> module.contracts().stream()).distinct().toList());
    published = Contract.published(merged);
    var handlers =
        modules.stream()
            .flatMap(module -> module.operations().entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return OpenAPIContract.from(vertx, merged).map(contract -> router(contract, handlers));
  }

  private Router router(OpenAPIContract contract, Map<String, Function<Call, Answer>> handlers) {
    requireSameNames(contract, handlers);
    this.contract = contract;
    if (checkAnswers) {
      answers = ResponseValidator.create(vertx, contract);
    }
    var builder = RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
    for (var route : builder.getRoutes()) {
      var id = route.getOperation().getOperationId();
      var operation = Operation.of(route.getOperation(), handlers.get(id));
      operations.put(id, operation);
      route.addHandler(context -> start(context, operation));
    }
    return builder.createRouter();
  }

  private static void requireSameNames(OpenAPIContract contract, Map<String, ?> handlers) {
    var stated =
        contract.operations().stream()
            .map(io.vertx.openapi.contract.Operation::getOperationId)
            .collect(Collectors.toSet());
    var odd = new TreeSet<String>();
    Stream.concat(stated.stream(), handlers.keySet().stream())
        .filter(id -> !(stated.contains(id) && handlers.containsKey(id)))
        .forEach(odd::add);
    if (!odd.isEmpty()) {
      throw new IllegalStateException("in the contract or in the code, but not in both: " + odd);
    }
  }

  private void start(RoutingContext context, Operation operation) {
    start(context, () -> perform(context, operation));
  }

  /** Serves a request to a facade, in a transaction of the same kind. */
  void start(RoutingContext context, Facade facade, String origin) {
    start(context, () -> perform(context, facade, origin));
  }

  /** Leaves the event loop for a virtual thread, and comes back to it with the reply. */
  private void start(RoutingContext context, Supplier<Operation.Reply> work) {
    var eventLoop = vertx.getOrCreateContext();
    Thread.ofVirtual()
        .name(RequestIds.of(context))
        .start(() -> {
          try {
            var reply = work.get();
            eventLoop.runOnContext(_ -> send(context, reply));
          } catch (Throwable failure) {
            eventLoop.runOnContext(_ -> context.fail(failure));
          }
        });
  }

  private Operation.Reply perform(RoutingContext context, Operation operation) {
    var requestId = RequestIds.of(context);
    var reply =
        transactions.run(
            Caller.anonymous(requestId), tx -> perform(context, operation, tx, requestId));
    if (checkAnswers) {
      hold(reply, operation);
    }
    return reply;
  }

  private Operation.Reply perform(
      RoutingContext context, Operation operation, Tx tx, String requestId) {
    var call = new ContractCall(context, tx);
    recognise(call, requestId);
    operation.admit(tx.caller());
    return operation.idempotent() ? once(operation, call) : answer(operation.handler().apply(call));
  }

  private Operation.Reply perform(RoutingContext context, Facade facade, String origin) {
    var requestId = RequestIds.of(context);
    return transactions.run(
        Caller.anonymous(requestId),
        tx -> {
          var call = new ContractCall(context, tx);
          recognise(call, requestId);
          var program = program(call, requestId);
          program.ifPresent(acting -> tx.actAs(acting.caller()));
          var request =
              call.toFacade(
                  facade.base(), origin, new Inner(call), program.map(Programs.Acting::scopes));
          if (!facade.isOpen(request.method(), String.join("/", request.path()))) {
            Operation.admit(tx.caller(), Set.of());
          }
          return answer(facade.answer(request));
        });
  }

  /** What a facade may have done for the caller of one request. */
  private final class Inner implements Operations {
    private final ContractCall outer;

    Inner(ContractCall outer) {
      this.outer = outer;
    }

    @Override
    public JsonNode perform(
        String id, Map<String, String> path, Optional<Integer> ifMatch, JsonNode body) {
      var caller = outer.tx().caller();
      var operation = operations.get(id);
      // Let in where a clinician is; what it does is written down as a program's.
      operation.admit(caller.role() == Role.PROGRAM ? caller.as(Role.CLINICIAN) : caller);
      if (body != null) {
        check(id, body);
      }
      var call = new InnerCall(outer.tx(), outer.remoteAddress(), path, ifMatch, body);
      return Json.MAPPER.valueToTree(operation.handler().apply(call).body());
    }

    private void check(String id, JsonNode body) {
      var schema =
          contract.operation(id).getRequestBody().getContent().get("application/json").getSchema();
      var checked =
          contract
              .getSchemaRepository()
              .validator(schema)
              .validate(new JsonObject(Json.text(body)));
      if (!checked.getValid()) {
        throw Failures.malformed(checked);
      }
    }

    @Override
    public String once(Supplier<String> act) {
      var given = outer.header(Idempotency.HEADER);
      if (given.isEmpty()) {
        return act.get();
      }
      var key = Idempotency.key(given);
      var fingerprint = outer.fingerprint();
      var before = Idempotency.find(outer.tx(), key, fingerprint);
      if (before.isPresent()) {
        return new String(before.get().body(), StandardCharsets.UTF_8);
      }
      var made = act.get();
      Idempotency.keep(outer.tx(), key, fingerprint, 201, made.getBytes(StandardCharsets.UTF_8));
      return made;
    }
  }

  private void recognise(ContractCall call, String requestId) {
    identity
        .caller(
            call.tx(),
            call.header("Authorization").orElse(null),
            call.cookie(Sessions.COOKIE).orElse(null),
            requestId)
        .ifPresent(call.tx()::actAs);
  }

  /** Programs are let in at facades only: the contract's operations are for people. */
  private Optional<Programs.Acting> program(ContractCall call, String requestId) {
    return call.header("Authorization")
        .filter(header -> header.startsWith(BEARER) && !call.caller().isPerson())
        .flatMap(
            header -> programs.acting(call.tx(), header.substring(BEARER.length()), requestId));
  }

  /** Answers a program that asks for a token. */
  void startGranting(RoutingContext context, Optional<String> origin) {
    var form = new HashMap<String, String>();
    context.request().formAttributes().forEach(form::put);
    start(
        context,
        () -> {
          try {
            return transactions.run(
                Caller.anonymous(RequestIds.of(context)),
                tx -> answer(new TokenEndpoint(programs).grant(tx, form, origin)));
          } catch (RuntimeException failure) {
            var denial = TokenEndpoint.denied(failure);
            return new Operation.Reply(
                denial.status(), Buffer.buffer(Json.write(denial.body())), Map.of());
          }
        });
  }

  private static Operation.Reply once(Operation operation, ContractCall call) {
    var key = Idempotency.key(call.header(Idempotency.HEADER));
    var fingerprint = call.fingerprint();
    var before = Idempotency.find(call.tx(), key, fingerprint);
    if (before.isPresent()) {
      var kept = before.get();
      return new Operation.Reply(
          kept.status(),
          kept.body() == null ? null : Buffer.buffer(kept.body()),
          Map.of("Idempotent-Replay", "true"));
    }
    var reply = answer(operation.handler().apply(call));
    Idempotency.keep(
        call.tx(),
        key,
        fingerprint,
        reply.status(),
        reply.body() == null ? null : reply.body().getBytes());
    return reply;
  }

  private static Operation.Reply answer(Answer answer) {
    return switch (answer.body()) {
      case null -> new Operation.Reply(answer.status(), null, answer.headers(), answer.cookies());
      case Answer.Raw(var mediaType, var bytes) ->
          new Operation.Reply(
              answer.status(),
              Buffer.buffer(bytes),
              answer.withHeader("Content-Type", mediaType).headers(),
              answer.cookies());
      case Object json ->
          new Operation.Reply(
              answer.status(), Buffer.buffer(Json.write(json)), answer.headers(), answer.cookies());
    };
  }

  private void hold(Operation.Reply reply, Operation operation) {
    if (reply.headers().containsKey("Content-Type")) {
      return; // Not JSON: the contract only says in words what it is.
    }
    var held =
        reply.body() == null
            ? ValidatableResponse.create(reply.status())
            : ValidatableResponse.create(reply.status(), reply.body(), "application/json");
    Await.on(answers.validate(held, operation.id()));
  }

  private static void send(RoutingContext context, Operation.Reply reply) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    response.putHeader("Content-Type", "application/json");
    reply.headers().forEach(response::putHeader);
    if (!reply.cookies().isEmpty()) {
      response.putHeader("Set-Cookie", reply.cookies());
    }
    response.putHeader("Cache-Control", "no-store");
    if (reply.body() == null) {
      response.headers().remove("Content-Type");
      response.end();
    } else {
      response.end(reply.body());
    }
  }
}
