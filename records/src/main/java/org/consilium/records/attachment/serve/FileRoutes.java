package org.consilium.records.attachment.serve;

import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.StreamCall;
import org.consilium.platform.http.StreamRoute;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.intake.FileType;

/**
 * Bytes on their way out: inert, by ranges, and only as long as the caller may see them. A browser
 * may keep them but asks each time whether it still may show them.
 */
public final class FileRoutes {
  private static final String FILE = "/consults/:consultId/attachments/:attachmentId/files/:part";

  /** What a piece of a slow download holds in memory, and how often rights are looked at. */
  private static final int STEP_BYTES = 64 * 1024;

  private final FileService files;

  public FileRoutes(FileService files) {
    this.files = files;
  }

  public Routes addTo(Routes routes) {
    return routes.stream(new StreamRoute(HttpMethod.GET, FILE, Set.of(), this::send)).stream(
        new StreamRoute(HttpMethod.HEAD, FILE, Set.of(), this::send));
  }

  private void send(StreamCall call) {
    var consult = new ConsultId(call.pathId("consultId"));
    var id = new AttachmentId(call.pathId("attachmentId"));
    var part =
        Part.of(call.path("part"))
            .orElseThrow(
                () -> Refusal.notFound("file-not-found", "There is no such file in this consult."));
    var open = call.inTransaction(tx -> files.open(tx, consult, id, part));
    var headers = headers(open);
    if (call.header("If-None-Match").filter(headers.get("ETag")::equals).isPresent()) {
      call.answer(304, headers);
      return;
    }
    long bytes = open.file().bytes();
    var range = call.header("Range").filter(_ -> isFresh(call, headers.get("ETag")));
    switch (ByteRange.wish(range, bytes)) {
      case ByteRange.Wish.Whole() -> send(call, open, 200, headers, new ByteRange(0, bytes));
      case ByteRange.Wish.Part(var wanted) -> {
        headers.put(
            "Content-Range",
            "bytes %d-%d/%d".formatted(wanted.from(), wanted.from() + wanted.length() - 1, bytes));
        send(call, open, 206, headers, wanted);
      }
      case ByteRange.Wish.Nothing() ->
          throw new Refusal(416, "no-such-range", "The file has %d bytes.".formatted(bytes))
              .withHeader("Content-Range", "bytes */" + bytes);
    }
  }

  /** A range of another file than the one begun with would be nonsense. */
  private static boolean isFresh(StreamCall call, String tag) {
    return call.header("If-Range").map(tag::equals).orElse(true);
  }

  private void send(
      StreamCall call,
      FileService.Open open,
      int status,
      Map<String, String> headers,
      ByteRange range) {
    call.answer(
        status,
        headers,
        range.length(),
        sent -> {
          int most = (int) Math.min(STEP_BYTES, range.length() - sent);
          var bytes = call.inTransaction(tx -> files.read(tx, open, range.from() + sent, most));
          if (bytes.length == 0) {
            throw new IllegalStateException("a kept file has lost its bytes");
          }
          return bytes;
        });
  }

  private static Map<String, String> headers(FileService.Open open) {
    var file = open.file();
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", file.type());
    headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
    headers.put(
        "Content-Disposition", disposition(open, file.shownInline() ? "inline" : "attachment"));
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", "\"" + file.sha256() + "\"");
    headers.put("Cache-Control", "private, no-cache");
    headers.put("Vary", "Cookie, Authorization");
    return headers;
  }

  /** Named by what it shows (RFC 6266), never by what the device called it. */
  private static String disposition(FileService.Open open, String how) {
    var name = open.attachment().details().title() + "." + FileType.extension(open.file().type());
    var plain = name.replaceAll("[^A-Za-z0-9. _-]", "_");
    var exact = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(how, plain, exact);
  }
}
