package org.consilium.records.referral;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.patient.Patient;

/** A patient sent on, with a signed letter. */
public final class Referral {
  private Referral() {}

  /** By when the patient should be there. */
  public enum HowSoon implements Wire {
    NOW,
    TODAY,
    THIS_WEEK,
    ROUTINE
  }

  /** What became of it. */
  public enum Status implements Wire {
    ON_THE_WAY,
    ARRIVED,
    NOT_ARRIVED,
    REFUSED,
    RETURNED,
    /** Written in error: the letter says so when it is checked. */
    WITHDRAWN
  }

  /**
   * What the letter says.
   *
   * @param language BCP 47, of the text
   * @param toService for example "Paediatric ward"
   * @param transport how the patient gets there
   * @param summary history, findings and treatment so far
   */
  public record Content(
      String language,
      String toFacility,
      Optional<String> toService,
      HowSoon urgency,
      String reason,
      Optional<String> transport,
      Optional<String> summary) {}

  /** Who signed, as known on that day. */
  public record Author(AccountId id, String name, Optional<String> registration) {}

  /**
   * Exactly what is signed: these members, in canonical form (RFC 8785).
   *
   * @param format names this list of members
   */
  public record Document(
      String format,
      ReferralId id,
      ConsultId consult,
      OrganisationId organisation,
      Patient.Shared patient,
      Author author,
      Content content,
      Instant signedAt,
      String keyId) {
    static final String FORMAT = "consilium-referral-1";
  }

  /** A signed referral as kept. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  public record Signed(
      ReferralId id,
      Content content,
      Author author,
      Instant signedAt,
      byte[] canonical,
      byte[] sha256,
      byte[] signature,
      String keyId) {}

  /** News of the patient's way; the newest holds. */
  public record News(Status status, Optional<String> text, AccountId by, Instant at) {}

  /** A referral and all news of it, the newest first. */
  public record Followed(Signed referral, List<News> news) {
    /** Where it stands; empty before any news. */
    public Optional<Status> status() {
      return news.stream().findFirst().map(News::status);
    }
  }
}
