package org.consilium.records.attachment.intake;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.database.Tx;
import org.consilium.records.attachment.AttachmentLimits;
import org.consilium.records.attachment.AttachmentState;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.intake.IntakeStore.Job;
import org.consilium.records.attachment.intake.IntakeStore.NewFile;
import org.consilium.records.attachment.store.BlobStore;
import org.consilium.records.attachment.store.BlobWriter;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.ReadBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what has come whole: is it what was sent, what is it by its bytes, is it small enough;
 * then cleans it and makes it small. A job whose worker dies is taken up again by another. May be
 * run by several threads at once; each looks at another upload.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** Longer than the largest file takes; a job of a dead worker waits that long. */
  static final Duration LEASE = Duration.ofSeconds(60);

  /** A file that ends its worker that often is kept aside. */
  private static final int TRIES_MAX = 3;

  private static final Duration JUDGED_KEPT = Duration.ofDays(1);
  private static final Duration KEPT_ASIDE = Duration.ofDays(30);

  /** Longer than any job: what is younger may be in the making. */
  private static final Duration BLOB_AGE_MIN = Duration.ofHours(1);

  private static final int HEAD_BYTES = 132;

  private final Platform platform;
  private final BlobStore blobs;
  private final AttachmentLimits limits;
  private final IntakeStore store = new IntakeStore();

  public Intake(Platform platform, BlobStore blobs, AttachmentLimits limits) {
    this.platform = platform;
    this.blobs = blobs;
    this.limits = limits;
  }

  /** Looks at everything that waits; answers how much there was. */
  public int runDue() {
    int done = 0;
    for (var job = next(); job.isPresent(); job = next()) {
      look(job.get());
      done++;
    }
    return done;
  }

  /** Throws away what nobody finished and what belongs to nothing; answers how many rows. */
  public int sweep() {
    return platform.database().asWorker(store::sweep)
        + platform.database().asWorker(tx -> blobs.sweep(tx, tx.now().minus(BLOB_AGE_MIN)));
  }

  private Optional<Job> next() {
    return platform.database().asWorker(tx -> store.claim(tx, LEASE));
  }

  private void look(Job job) {
    try {
      if (job.tries() > TRIES_MAX) {
        throw new Unfit(Reason.CHECK_FAILED);
      }
      var bytes = bytes(job);
      requireSame(job, bytes);
      if (job.part() == Part.ORIGINAL) {
        original(job, bytes);
      } else {
        rendition(job, bytes);
      }
    } catch (Unfit unfit) {
      unfit(job, unfit.reason());
    } catch (Cursor.EndOfBytes cut) {
      unfit(job, Reason.CUT_SHORT);
    } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException broken) {
      LOG.info("Upload {} is not of the form that it says: {}", job.upload(), broken.toString());
      unfit(job, Reason.UNREADABLE);
    }
  }

  private Bytes bytes(Job job) {
    return new ReadBytes(
        job.length(), at -> platform.database().asWorker(tx -> store.piece(tx, job, at)));
  }

  private static void requireSame(Job job, Bytes bytes) {
    if (job.sha256().isEmpty()) {
      return;
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new Cursor(bytes).copy(bytes.length(), digest::update);
      if (!MessageDigest.isEqual(digest.digest(), job.sha256().get())) {
        throw new Unfit(Reason.ALTERED_ON_THE_WAY);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void original(Job job, Bytes bytes) {
    var type =
        FileType.of(bytes.read(0, HEAD_BYTES)).orElseThrow(() -> new Unfit(Reason.UNKNOWN_TYPE));
    if (bytes.length() > type.bytesMax(limits)) {
      throw new Unfit(Reason.TOO_LARGE);
    }
    var dicom =
        type == FileType.DICOM ? Optional.of(DicomFile.read(bytes)) : Optional.<DicomFile>empty();
    var writer =
        new BlobWriter(platform.database(), blobs, job.owner(), job.consult(), job.attachment());
    var facts = clean(job, type, bytes, dicom, writer);
    var kept = writer.finish();
    var made = renditions(type, bytes(job, kept), facts, dicom);
    if (dicom.isPresent()) {
      facts = facts.withDicom(dicom.get().header(!made.isEmpty()), dicom.get().identity());
    }
    var files = new ArrayList<NewFile>();
    files.add(
        new NewFile(
            Part.ORIGINAL,
            true,
            type.mediaType(),
            isDrawn(type) && !made.isEmpty(),
            kept.length(),
            kept.sha256(),
            facts.width(),
            facts.height(),
            kept.blob()));
    made.forEach(rendition -> files.add(keep(job, rendition)));
    var judged = facts;
    finish(
        job,
        tx -> {
          files.forEach(file -> store.keep(tx, job, file));
          store.setState(
              tx,
              job,
              judged.cut() ? AttachmentState.DAMAGED : AttachmentState.READY,
              judged.cut() ? Optional.of(Reason.CUT_SHORT) : Optional.empty(),
              Optional.of(type.mediaType()),
              judged);
        });
  }

  private Cleaned clean(
      Job job, FileType type, Bytes bytes, Optional<DicomFile> dicom, BlobWriter out) {
    return switch (type) {
      case JPEG -> JpegFile.clean(bytes, zone(job), out);
      case PNG -> PngFile.clean(bytes, zone(job), out);
      case WEBP -> RiffFile.webp(bytes, zone(job), out);
      case WAV -> RiffFile.wav(bytes, out);
      case HEIC -> BoxFile.clean(bytes, true, out);
      case MP4 -> BoxFile.clean(bytes, false, out);
      case PDF -> PdfFile.keep(bytes, out);
      case OGG -> {
        new Cursor(bytes).copy(bytes.length(), out);
        yield Cleaned.plain(false);
      }
      case DICOM -> {
        dicom.orElseThrow().writeClean(out);
        yield Cleaned.plain(dicom.orElseThrow().isCut());
      }
    };
  }

  private java.time.ZoneId zone(Job job) {
    return platform.database().asWorker(tx -> platform.directory().site(tx, job.site()).zone());
  }

  private Bytes bytes(Job job, BlobWriter.Kept kept) {
    return new ReadBytes(
        kept.length(),
        at ->
            platform
                .database()
                .asWorker(
                    tx -> blobs.read(tx, job.owner(), kept.blob(), at, BlobStore.CHUNK_BYTES)));
  }

  /** Made of the cleaned file; a whole picture that cannot be decoded is not one. */
  private static List<Renditions.Rendition> renditions(
      FileType type, Bytes clean, Cleaned facts, Optional<DicomFile> dicom) {
    try {
      var picture =
          switch (type) {
            case JPEG, PNG ->
                facts.gradual() && facts.pixels() > PictureLimits.GRADUAL_PIXELS_MAX
                    ? Optional.<java.awt.image.BufferedImage>empty()
                    : Optional.of(
                        Renditions.decode(
                            clean, type, facts.orientation(), Part.PREVIEW.sideMax()));
            case DICOM -> dicom.flatMap(DicomFile::picture).map(Intake::draw);
            default -> Optional.<java.awt.image.BufferedImage>empty();
          };
      return picture
          .map(drawn ->
              List.of(Renditions.of(drawn, Part.PREVIEW), Renditions.of(drawn, Part.THUMBNAIL)))
          .orElse(List.of());
    } catch (Unfit unfit) {
      if (facts.cut() || type == FileType.DICOM) {
        return List.of();
      }
      throw unfit;
    }
  }

  private static java.awt.image.BufferedImage draw(DicomPicture picture) {
    return switch (picture) {
      case DicomPicture.Plain plain -> plain.draw(Part.PREVIEW.sideMax());
      case DicomPicture.Packed(var jpeg) -> {
        var clean = new java.io.ByteArrayOutputStream();
        JpegFile.clean(jpeg, java.time.ZoneOffset.UTC, clean::write);
        yield Renditions.decode(
            Bytes.of(clean.toByteArray()), FileType.JPEG, 1, Part.PREVIEW.sideMax());
      }
    };
  }

  private static boolean isDrawn(FileType type) {
    return type == FileType.JPEG || type == FileType.PNG;
  }

  /** A client's own small picture: only a JPEG that the server can decode is shown. */
  private void rendition(Job job, Bytes bytes) {
    if (FileType.of(bytes.read(0, HEAD_BYTES)).filter(type -> type == FileType.JPEG).isEmpty()) {
      throw new Unfit(Reason.UNKNOWN_TYPE);
    }
    var writer =
        new BlobWriter(platform.database(), blobs, job.owner(), job.consult(), job.attachment());
    var facts = JpegFile.clean(bytes, java.time.ZoneOffset.UTC, writer);
    if (facts.cut() || facts.pixels() > (long) job.part().sideMax() * job.part().sideMax()) {
      throw new Unfit(Reason.UNREADABLE);
    }
    var kept = writer.finish();
    Renditions.decode(bytes(job, kept), FileType.JPEG, 1, job.part().sideMax());
    finish(
        job,
        tx ->
            store.keep(
                tx,
                job,
                new NewFile(
                    job.part(),
                    false,
                    FileType.JPEG.mediaType(),
                    true,
                    kept.length(),
                    kept.sha256(),
                    facts.width(),
                    facts.height(),
                    kept.blob())));
  }

  private NewFile keep(Job job, Renditions.Rendition rendition) {
    var writer =
        new BlobWriter(platform.database(), blobs, job.owner(), job.consult(), job.attachment());
    writer.write(rendition.jpeg());
    var kept = writer.finish();
    return new NewFile(
        rendition.part(),
        true,
        FileType.JPEG.mediaType(),
        true,
        kept.length(),
        kept.sha256(),
        Optional.of(rendition.width()),
        Optional.of(rendition.height()),
        kept.blob());
  }

  /** A small picture that is of no use is forgotten; the original decides what the file is. */
  private void unfit(Job job, Reason reason) {
    LOG.info("Upload {} of part {} is unfit: {}", job.upload(), job.part().wire(), reason.wire());
    boolean original = job.part() == Part.ORIGINAL;
    boolean aside = original && reason.state() == AttachmentState.QUARANTINED;
    platform
        .database()
        .asWorker(tx -> {
          if (store.judged(tx, job, aside, aside ? KEPT_ASIDE : JUDGED_KEPT) && original) {
            store.setState(
                tx,
                job,
                reason.state(),
                Optional.of(reason),
                Optional.empty(),
                Cleaned.plain(false));
          }
          tell(tx, job);
          return job;
        });
  }

  private interface Keeping {
    void keep(Tx tx);
  }

  private void finish(Job job, Keeping keeping) {
    platform
        .database()
        .asWorker(tx -> {
          if (store.judged(tx, job, false, JUDGED_KEPT)) {
            keeping.keep(tx);
            tell(tx, job);
          }
          return job;
        });
  }

  private void tell(Tx tx, Job job) {
    var team =
        platform.careTeam().members(tx, job.consult()).stream().map(TeamMember::account).toList();
    platform.changes().tell(tx, "consult", job.consult().value(), job.owner(), team);
  }
}
