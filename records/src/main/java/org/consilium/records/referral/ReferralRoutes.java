package org.consilium.records.referral;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;

/** Referrals over HTTP. */
public final class ReferralRoutes {
  private final Platform platform;
  private final ReferralService referrals;

  public ReferralRoutes(Platform platform, ReferralService referrals) {
    this.platform = platform;
    this.referrals = referrals;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listReferrals", this::list)
        .operation("signReferral", this::sign)
        .operation("tellOfReferral", this::tell);
  }

  private record Signature(Referral.Content content, String password) {}

  private record NewNews(Referral.Status status, Optional<String> text) {}

  private record Referrals(List<ReferralShown> items) {}

  private record ReferralShown(
      ReferralId id,
      Referral.Content content,
      Referral.Author author,
      Instant signedAt,
      String sha256,
      String keyId,
      List<NewsShown> news) {}

  private record NewsShown(
      Referral.Status status, Optional<String> text, PersonRef recordedBy, Instant recordedAt) {}

  private Answer list(Call call) {
    return Answer.ok(
        new Referrals(
            referrals.read(call.tx(), consult(call)).stream()
                .map(followed -> shown(call.tx(), followed))
                .toList()));
  }

  private Answer sign(Call call) {
    var body = call.body(Signature.class);
    var signed = referrals.sign(call.tx(), consult(call), body.content(), body.password());
    return Answer.created(shown(call.tx(), signed));
  }

  private Answer tell(Call call) {
    var news = call.body(NewNews.class);
    var id = new ReferralId(call.pathId("referralId"));
    return Answer.created(
        shown(call.tx(), referrals.tell(call.tx(), consult(call), id, news.status(), news.text())));
  }

  private ReferralShown shown(Tx tx, Referral.Followed followed) {
    var referral = followed.referral();
    return new ReferralShown(
        referral.id(),
        referral.content(),
        referral.author(),
        referral.signedAt(),
        HexFormat.of().formatHex(referral.sha256()),
        referral.keyId(),
        followed.news().stream()
            .map(news ->
                new NewsShown(
                    news.status(), news.text(), platform.directory().ref(tx, news.by()), news.at()))
            .toList());
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
