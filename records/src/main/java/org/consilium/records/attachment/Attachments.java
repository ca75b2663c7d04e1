package org.consilium.records.attachment;

import org.consilium.platform.Platform;
import org.consilium.platform.http.Routes;
import org.consilium.records.attachment.intake.Intake;
import org.consilium.records.attachment.serve.FileRoutes;
import org.consilium.records.attachment.serve.FileService;
import org.consilium.records.attachment.store.DatabaseBlobs;
import org.consilium.records.attachment.upload.UploadRoutes;
import org.consilium.records.attachment.upload.UploadService;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;

/** The files of consults, from the first byte in to the last one out. */
public final class Attachments {
  private final Platform platform;
  private final AttachmentService service;
  private final UploadService uploads;
  private final FileService files;
  private final Intake intake;
  private volatile Runnable arrived = () -> {};

  public Attachments(
      Platform platform,
      Team team,
      RequestStore requests,
      AttachmentStore attachments,
      AttachmentLimits limits) {
    this.platform = platform;
    var blobs = new DatabaseBlobs();
    this.service = new AttachmentService(platform, team, requests, attachments, limits);
    this.uploads = new UploadService(platform, team, attachments, limits);
    this.files = new FileService(platform, attachments, blobs);
    this.intake = new Intake(platform, blobs, limits);
  }

  public Routes addTo(Routes routes) {
    new AttachmentRoutes(platform, service).addTo(routes);
    new UploadRoutes(uploads, () -> arrived.run()).addTo(routes);
    return new FileRoutes(platform, files).addTo(routes);
  }

  /** Hands out bytes to those who may see them. */
  public FileService files() {
    return files;
  }

  /** Takes bytes in. */
  public UploadService uploads() {
    return uploads;
  }

  /** Has {@code wake} told when something waits to be looked at. It must not block. */
  public void whenSomethingArrives(Runnable wake) {
    arrived = wake;
  }

  /** Looks at all that has come whole; answers how much there was. */
  public int lookAtArrivals() {
    return intake.runDue();
  }

  /** Throws away what nobody finished; answers how many rows went. */
  public int sweep() {
    return intake.sweep();
  }
}
