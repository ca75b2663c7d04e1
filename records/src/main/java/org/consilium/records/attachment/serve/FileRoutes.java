package org.consilium.records.attachment.serve;

import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.StreamCall;
import org.consilium.platform.http.StreamRoute;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Identity;
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

  private static final String LINKED = "/files/:token";

  private final Identity identity;
  private final FileService files;
  private final FileLinks links;

  public FileRoutes(Platform platform, FileService files) {
    this.identity = platform.identity();
    this.files = files;
    this.links = new FileLinks(platform.signer(), platform.clock());
  }

  public Routes addTo(Routes routes) {
    routes.operation("linkFile", this::link);
    for (var method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
      routes.stream(new StreamRoute(method, FILE, Set.of(), this::sendNamed));
      routes.stream(new StreamRoute(method, LINKED, Set.of(), this::sendLinked));
    }
    return routes;
  }

  private record LinkWish(Part part) {}

  private record LinkMade(String path, Instant expiresAt) {}

  private Answer link(Call call) {
    var consult = new ConsultId(call.pathId("consultId"));
    var id = new AttachmentId(call.pathId("attachmentId"));
    var part = call.body(LinkWish.class).part();
    files.requireReadable(call.tx(), consult, id, part);
    var reader = identity.signIn(call).orElseThrow();
    var until = call.tx().now().plus(FileLinks.LIFE);
    var token = links.sign(new FileLinks.Link(reader, consult, id, part), until);
    return Answer.created(new LinkMade("/api/v1/files/" + token, until));
  }

  private void sendNamed(StreamCall call) {
    var consult = new ConsultId(call.pathId("consultId"));
    var id = new AttachmentId(call.pathId("attachmentId"));
    send(call, consult, id, Part.of(call.path("part")).orElseThrow(FileService::notFound));
  }

  private void sendLinked(StreamCall call) {
    var link = links.read(call.path("token")).orElseThrow(StreamCall::linkOver);
    send(call.inNameOf(link.reader()), link.consult(), link.attachment(), link.part());
  }

  private void send(StreamCall call, ConsultId consult, AttachmentId id, Part part) {
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
