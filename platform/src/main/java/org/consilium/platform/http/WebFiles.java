package org.consilium.platform.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The built web client, from the class path. The build lays a brotli and a gzip form beside each
 * file, so that no request pays for packing and a thin link gets the smallest; each file is read
 * once. What has no such file goes on to the next handler.
 */
final class WebFiles implements Handler<RoutingContext> {
  /** The build's own notes, for itself. */
  private static final String NOTES = "/.";

  /** Forms of a file by how they are packed: the smallest first, as it is last. */
  private static final Map<String, String> ENDINGS = endings();

  private final Vertx vertx;
  private final String folder;
  private final ClassLoader loader;
  private final Map<String, WebFile> read = new ConcurrentHashMap<>();

  /**
   * @param type what {@code Content-Type} says
   * @param tag names these contents, for browsers that ask whether theirs are still good
   * @param forms by content coding; {@code identity} is always there
   */
  private record WebFile(String type, String tag, Map<String, Buffer> forms) {}

  /**
   * @param folder on the class path of the thread that makes this
   */
  WebFiles(Vertx vertx, String folder) {
    this.vertx = vertx;
    this.folder = folder;
    loader = Thread.currentThread().getContextClassLoader();
  }

  @Override
  public void handle(RoutingContext context) {
    var path = context.normalizedPath();
    boolean named = path.substring(path.lastIndexOf('/') + 1).contains(".");
    if (named && !path.contains(NOTES) && !path.contains("\\")) {
      send(context, path);
    } else {
      context.next();
    }
  }

  /** Answers with the file at this path in the folder, or passes on when there is none. */
  void send(RoutingContext context, String path) {
    var known = read.get(path);
    if (known != null) {
      send(context, known);
      return;
    }
    vertx
        .executeBlocking(() -> read(path), false)
        .onSuccess(
            found -> found.ifPresentOrElse(file -> send(context, file), () -> context.next()))
        .onFailure(context::fail);
  }

  /** A file's text, if it is there; for what is read at start. */
  Optional<String> text(String path) {
    return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static void send(RoutingContext context, WebFile file) {
    var request = context.request();
    var response = context.response().putHeader("ETag", file.tag());
    response.headers().add("Vary", "Accept-Encoding");
    if (isKept(request.getHeader("If-None-Match"), file.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    var coding = coding(request.getHeader("Accept-Encoding"), file.forms());
    var body = file.forms().get(coding);
    response.putHeader("Content-Type", file.type());
    if (!coding.equals("identity")) {
      response.putHeader("Content-Encoding", coding);
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("Content-Length", String.valueOf(body.length())).end();
    } else {
      response.end(body);
    }
  }

  /** Whether the browser says that it has these very contents (RFC 9110 §13.1.2). */
  private static boolean isKept(String tags, String tag) {
    return tags != null
        && Arrays.stream(tags.split(",")).map(String::strip).anyMatch(kept -> kept.equals(tag));
  }

  /** The smallest form that the browser takes (RFC 9110 §12.5.3). */
  private static String coding(String accepted, Map<String, Buffer> forms) {
    var taken =
        Arrays.stream((accepted == null ? "" : accepted).split(","))
            .map(each -> each.replace(" ", ""))
            .filter(each -> !each.matches("[^;]+;q=0(\\.0*)?"))
            .map(each -> each.split(";", 2)[0])
            .toList();
    return forms.keySet().stream().filter(taken::contains).findFirst().orElse("identity");
  }

  private Optional<WebFile> read(String path) {
    return bytes(path)
        .map(plain -> {
          var forms = new LinkedHashMap<String, Buffer>();
          ENDINGS.forEach((coding, ending) ->
              bytes(path + ending).ifPresent(packed -> forms.put(coding, Buffer.buffer(packed))));
          forms.put("identity", Buffer.buffer(plain));
          var file = new WebFile(type(path), tag(plain), forms);
          read.put(path, file);
          return file;
        });
  }

  private Optional<byte[]> bytes(String path) {
    try (var in = loader.getResourceAsStream(folder + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String path) {
    var type = Optional.ofNullable(MimeMapping.mimeTypeForFilename(path));
    return type.map(known -> known.startsWith("text/") ? known + "; charset=utf-8" : known)
        .orElse("application/octet-stream");
  }

  /** Weak: the same for every form of the contents. */
  private static String tag(byte[] contents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(contents);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> endings() {
    var endings = new LinkedHashMap<String, String>();
    endings.put("br", ".br");
    endings.put("gzip", ".gz");
    return endings;
  }
}
