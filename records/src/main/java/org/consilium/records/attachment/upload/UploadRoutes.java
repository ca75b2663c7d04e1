package org.consilium.records.attachment.upload;

import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.StreamCall;
import org.consilium.platform.http.StreamRoute;
import org.consilium.platform.http.StreamedBody.End;
import org.consilium.platform.http.StreamedBody.Piece;
import org.consilium.records.attachment.Part;

/**
 * The tus 1.0.0 protocol (tus.io/protocols/resumable-upload): core, creation, expiration,
 * termination, checksum. Bytes are written to the database as they come, so a cut costs none of
 * them.
 */
public final class UploadRoutes {
  private static final String VERSION = "1.0.0";
  private static final String EXTENSIONS = "creation,expiration,termination,checksum";
  private static final String UPLOADS = "/uploads";
  private static final String UPLOAD = UPLOADS + "/:uploadId";
  private static final String BYTES = "application/offset+octet-stream";

  /** One step of writing through; what a body holds in memory is about twice that. */
  private static final int STEP_BYTES = 64 * 1024;

  /** A slower link writes smaller steps, so that a kill costs half a second at most. */
  private static final Duration STEP_TIME_MAX = Duration.ofMillis(500);

  /** Then the client comes again for the rest: nobody holds a connection for ever. */
  private static final Duration REQUEST_TIME_MAX = Duration.ofMinutes(15);

  /** Enough of a file to tell what it is; DICOM says so last. */
  private static final int HEAD_BYTES = 132;

  private static final int AT_ONCE_MAX = 200;

  private final UploadService uploads;
  private final Runnable arrived;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);

  /**
   * @param arrived told after a part has come whole
   */
  public UploadRoutes(UploadService uploads, Runnable arrived) {
    this.uploads = uploads;
    this.arrived = arrived;
  }

  public Routes addTo(Routes routes) {
    return routes.stream(route(HttpMethod.OPTIONS, UPLOADS, this::describe)).stream(
        route(HttpMethod.OPTIONS, UPLOAD, this::describe))
        .stream(route(HttpMethod.POST, UPLOADS, this::create))
        .stream(route(HttpMethod.HEAD, UPLOAD, this::look))
        .stream(route(HttpMethod.PATCH, UPLOAD, this::receive))
        .stream(route(HttpMethod.DELETE, UPLOAD, this::terminate));
  }

  /** Every answer, also a "no", names the version. */
  private static StreamRoute route(HttpMethod method, String path, Consumer<StreamCall> handler) {
    return new StreamRoute(
        method,
        path,
        Set.of(),
        call -> {
          try {
            if (!method.equals(HttpMethod.OPTIONS)) {
              requireVersion(call);
            }
            handler.accept(call);
          } catch (Refusal refusal) {
            throw refusal.withHeader("Tus-Resumable", VERSION);
          }
        });
  }

  private static void requireVersion(StreamCall call) {
    if (!call.header("Tus-Resumable").equals(Optional.of(VERSION))) {
      throw new Refusal(412, "tus-version", "Send Tus-Resumable: " + VERSION + ".")
          .withHeader("Tus-Version", VERSION);
    }
  }

  private void describe(StreamCall call) {
    call.answer(
        204,
        Map.of(
            "Tus-Resumable", VERSION,
            "Tus-Version", VERSION,
            "Tus-Extension", EXTENSIONS,
            "Tus-Checksum-Algorithm", Checksum.NAMES,
            "Tus-Max-Size", Long.toString(uploads.limits().bytesMax())));
  }

  private void create(StreamCall call) {
    var given = NewUpload.of(call.header("Upload-Length"), call.header("Upload-Metadata"));
    var upload = call.inTransaction(tx -> uploads.create(tx, given));
    var headers = headers(upload, upload.received());
    headers.put("Location", "/api/v1" + UPLOADS + "/" + upload.id());
    call.answer(201, headers);
  }

  private void look(StreamCall call) {
    var upload = call.inTransaction(tx -> uploads.find(tx, call.pathId("uploadId")));
    var headers = headers(upload, upload.received());
    headers.put("Upload-Length", Long.toString(upload.length()));
    call.answer(200, headers);
  }

  private void terminate(StreamCall call) {
    call.inTransaction(tx -> {
      uploads.terminate(tx, call.pathId("uploadId"));
      return tx;
    });
    call.answer(204, Map.of("Tus-Resumable", VERSION));
  }

  private void receive(StreamCall call) {
    if (!call.header("Content-Type").equals(Optional.of(BYTES))) {
      throw new Refusal(415, "bytes-only", "Send " + BYTES + ".");
    }
    if (!places.tryAcquire()) {
      throw Refusal.unavailable("busy", "Too many files are being sent just now.", 5, null);
    }
    try {
      receive(call, call.pathId("uploadId"), number(call, "Upload-Offset"));
    } finally {
      places.release();
    }
  }

  private void receive(StreamCall call, UUID id, long from) {
    var checksum = Checksum.of(call.header("Upload-Checksum"));
    var writer = UUID.randomUUID();
    var upload = call.inTransaction(tx -> uploads.take(tx, id, writer, from));
    if (from + announced(call) > upload.length()) {
      throw tooLong();
    }
    long giveUp = System.nanoTime() + REQUEST_TIME_MAX.toNanos();
    long at = from;
    var end = End.MORE;
    while (end == End.MORE && System.nanoTime() < giveUp) {
      var piece = next(call, upload, at);
      end = piece.end();
      checksum.ifPresent(sum -> sum.add(piece.bytes()));
      if (end == End.COMPLETE && checksum.filter(sum -> !sum.matches()).isPresent()) {
        call.inTransaction(tx -> {
          uploads.takeBack(tx, id, writer, from);
          return tx;
        });
        throw new Refusal(
            460, "checksum-mismatch", "The bytes were altered on the way; send them again.");
      }
      if (piece.bytes().length > 0) {
        keep(call, upload, writer, at, piece.bytes());
        at += piece.bytes().length;
      }
    }
    if (at == upload.length()) {
      arrived.run();
    }
    if (end != End.CUT) {
      call.answer(204, headers(upload, at));
    }
  }

  /** The next bytes; the last ones only with word that nothing follows them. */
  private static Piece next(StreamCall call, Upload upload, long at) {
    var piece = call.body().next(STEP_BYTES, STEP_TIME_MAX);
    if (at + piece.bytes().length == upload.length() && piece.end() == End.MORE) {
      var rest = call.body().next(1, STEP_TIME_MAX);
      if (rest.bytes().length > 0) {
        throw tooLong();
      }
      return new Piece(piece.bytes(), rest.end());
    }
    if (at + piece.bytes().length > upload.length()) {
      throw tooLong();
    }
    return piece;
  }

  private void keep(StreamCall call, Upload upload, UUID writer, long at, byte[] bytes) {
    boolean tells =
        at == 0
            && upload.part() == Part.ORIGINAL
            && bytes.length >= Math.min(HEAD_BYTES, upload.length());
    var unwelcome =
        tells
            ? uploads.unwelcome(bytes, upload.length())
            : Optional.<org.consilium.records.attachment.Reason>empty();
    if (unwelcome.isPresent()) {
      call.inTransaction(tx -> {
        uploads.refuse(tx, upload, unwelcome.get());
        return tx;
      });
      throw new Refusal(415, unwelcome.get().wire(), unwelcome.get().sentence());
    }
    call.inTransaction(tx -> {
      uploads.append(tx, upload, writer, at, bytes);
      return tx;
    });
  }

  private static long announced(StreamCall call) {
    return call.header("Content-Length").isPresent() ? number(call, "Content-Length") : 0;
  }

  private static long number(StreamCall call, String header) {
    try {
      long value = Long.parseLong(call.header(header).orElse(""));
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal(400, "malformed", header + " is a number of bytes.");
  }

  private static Refusal tooLong() {
    return new Refusal(413, "too-long", "That is more than Upload-Length said.");
  }

  private static Map<String, String> headers(Upload upload, long offset) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Tus-Resumable", VERSION);
    headers.put("Upload-Offset", Long.toString(offset));
    if (offset < upload.length()) {
      headers.put("Upload-Expires", httpDate(upload.expiresAt()));
    }
    return headers;
  }

  private static String httpDate(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }
}
