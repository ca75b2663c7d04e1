package org.consilium.records.letter;

import java.net.URI;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.PublicAddress;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.records.referral.ReferralId;

/** Letters over HTTP. */
public final class LetterRoutes {
  /** The operations on referrals and letters. */
  public static final String CONTRACT = "openapi/letters.yaml";

  private final LetterService letters;
  private final Optional<URI> publicUrl;

  /**
   * @param publicUrl where people reach the product, when a proxy stands before it
   */
  public LetterRoutes(LetterService letters, Optional<URI> publicUrl) {
    this.letters = letters;
    this.publicUrl = publicUrl;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("printNote", this::note)
        .operation("printReferral", this::referral)
        .operation("checkLetter", this::check);
  }

  private Answer note(Call call) {
    return pdf(
        letters.ofNote(
            call.tx(),
            consult(call),
            new NoteId(call.pathId("noteId")),
            call.query("language"),
            home(call)),
        "advice");
  }

  private Answer referral(Call call) {
    return pdf(
        letters.ofReferral(
            call.tx(),
            consult(call),
            new ReferralId(call.pathId("referralId")),
            call.query("language"),
            home(call)),
        "referral");
  }

  private Answer check(Call call) {
    return Answer.ok(letters.check(call.tx(), call.path("sha256")));
  }

  /** No patient's name in the file's name: it stays in lists of downloads on shared devices. */
  private static Answer pdf(byte[] bytes, String name) {
    return Answer.ok(new Answer.Raw("application/pdf", bytes))
        .withHeader("Content-Disposition", "inline; filename=\"" + name + ".pdf\"")
        .withHeader("Cache-Control", "no-store");
  }

  private URI home(Call call) {
    return PublicAddress.of(call, publicUrl);
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
