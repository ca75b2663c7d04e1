package org.consilium.platform.http;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.program.Scopes;

/** A request as an operation sees it. */
final class ContractCall implements Call {
  private final RoutingContext context;
  private final Tx tx;

  ContractCall(RoutingContext context, Tx tx) {
    this.context = context;
    this.tx = tx;
  }

  /** The same request as the facade at {@code base} sees it. */
  FacadeCall toFacade(String base, String origin, Operations operations, Optional<Scopes> scopes) {
    var rest = context.normalizedPath().substring(base.length());
    return new FacadeCall(
        tx,
        context.request().method().name(),
        Arrays.stream(rest.split("/"))
            .filter(part -> !part.isEmpty())
            .map(QueryStringDecoder::decodeComponent)
            .toList(),
        new QueryStringDecoder(context.request().uri())
            .parameters().entrySet().stream()
                .flatMap(named -> named.getValue().stream().map(v -> Map.entry(named.getKey(), v)))
                .toList(),
        this::header,
        buffer().getBytes(),
        origin + base,
        operations,
        scopes);
  }

  @Override
  public Tx tx() {
    return tx;
  }

  @Override
  public <T> T body(Class<T> type) {
    return bound(buffer().getBytes(), type);
  }

  /** JSON bound to a record; 400 that names the field when it does not fit. */
  static <T> T bound(byte[] json, Class<T> type) {
    try {
      return Json.read(json, type);
    } catch (UncheckedIOException e) {
      throw malformed(e.getCause());
    }
  }

  private static Refusal malformed(IOException cause) {
    var pointer = new StringBuilder();
    if (cause instanceof JsonMappingException unfit) {
      for (var step : unfit.getPath()) {
        pointer
            .append('/')
            .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
      }
    }
    return new Refusal(
        400,
        "malformed",
        "The body is not the JSON that the contract asks for.",
        pointer.isEmpty()
            ? List.of()
            : List.of(new FieldError(pointer.toString(), "This is not as it must be.")));
  }

  byte[] fingerprint() {
    return Idempotency.fingerprint(
        context.request().method().name(), context.request().uri(), buffer());
  }

  private Buffer buffer() {
    var body = context.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  @Override
  public UUID pathId(String name) {
    try {
      return UUID.fromString(context.pathParam(name));
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "malformed", name + " is not a UUID.");
    }
  }

  @Override
  public String path(String name) {
    return context.pathParam(name);
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.request().getParam(name)).filter(text -> !text.isBlank());
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(context.request().getCookie(name)).map(cookie -> cookie.getValue());
  }

  @Override
  public String remoteAddress() {
    return context.get(HttpFront.CLIENT_ADDRESS, "");
  }
}
