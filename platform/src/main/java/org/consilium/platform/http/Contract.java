package org.consilium.platform.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The modules' OpenAPI 3.1 contracts, merged with the common parts into the one that is served. */
final class Contract {
  static final String BASE = "/api/v1";
  private static final String COMMON = "openapi/common.yaml";
  private static final YAMLMapper YAML = new YAMLMapper();

  private Contract() {}

  /** One contract of all; the same path, schema or parameter twice is refused. */
  static JsonObject merged(List<String> contracts) {
    var all = YAML.createObjectNode();
    all.put("openapi", "3.1.0");
    all.putObject("info").put("title", "Consilium").put("version", "1");
    all.putArray("servers").addObject().put("url", "http://localhost" + BASE);
    all.putObject("paths");
    all.putObject("components");
    add(all, read(COMMON));
    contracts.forEach(contract -> add(all, read(contract)));
    return new JsonObject(all.toString());
  }

  /** The same for readers: every operation says how a "no" looks and what headers it takes. */
  static JsonObject published(JsonObject merged) {
    var published = merged.copy();
    published.put("servers", new JsonArray().add(new JsonObject().put("url", BASE)));
    var problem =
        new JsonObject(
            """
            {"description": "A problem (RFC 9457).", "content": {"application/problem+json":
              {"schema": {"$ref": "#/components/schemas/Problem"}}}}\
            """);
    var paths = published.getJsonObject("paths");
    for (var path : paths.fieldNames()) {
      for (var method : paths.getJsonObject(path).fieldNames()) {
        var operation = paths.getJsonObject(path).getJsonObject(method);
        operation.getJsonObject("responses").put("default", problem.copy());
        if (needsIdempotencyKey(method, operation)) {
          var parameters = operation.getJsonArray("parameters", new JsonArray()).copy();
          parameters.add(
              new JsonObject(
                  """
                  {"name": "Idempotency-Key", "in": "header", "required": true,
                   "schema": {"type": "string", "minLength": 8, "maxLength": 100}}\
                  """));
          operation.put("parameters", parameters);
        }
      }
    }
    return published;
  }

  static boolean needsIdempotencyKey(String method, JsonObject operation) {
    return method.equalsIgnoreCase("post") && !"none".equals(operation.getString("x-idempotency"));
  }

  private static ObjectNode read(String resource) {
    try (var in = Contract.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no contract " + resource);
      }
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private static void add(ObjectNode all, ObjectNode part) {
    if (part.path("paths") instanceof ObjectNode paths) {
      put((ObjectNode) all.get("paths"), paths);
    }
    part.path("components")
        .properties()
        .forEach(group ->
            put(
                ((ObjectNode) all.get("components")).withObject("/" + group.getKey()),
                (ObjectNode) group.getValue()));
  }

  private static void put(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(entry -> {
          if (into.has(entry.getKey())) {
            throw new IllegalStateException("two contracts define " + entry.getKey());
          }
          into.set(entry.getKey(), entry.getValue());
        });
  }
}
