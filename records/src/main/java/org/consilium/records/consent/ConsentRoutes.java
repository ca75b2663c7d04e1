package org.consilium.records.consent;

import java.util.LinkedHashMap;
import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;

/** The texts to read aloud. */
public final class ConsentRoutes {
  /** What is read when there is no text in the language asked for. */
  private static final String FALLBACK = "en";

  private final ConsentStore consents;

  public ConsentRoutes(ConsentStore consents) {
    this.consents = consents;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("listConsentTexts", this::list);
  }

  private record Texts(List<ConsentText> items) {}

  private Answer list(Call call) {
    var all = consents.texts(call.tx());
    return Answer.ok(new Texts(call.query("language").map(l -> inLanguage(all, l)).orElse(all)));
  }

  /** One text a purpose: in the language, else in its base language, else in English. */
  private static List<ConsentText> inLanguage(List<ConsentText> all, String language) {
    var chosen = new LinkedHashMap<ConsentPurpose, ConsentText>();
    for (var wanted : List.of(language, language.split("-", 2)[0], FALLBACK)) {
      all.stream()
          .filter(text -> text.language().equals(wanted))
          .forEach(text -> chosen.putIfAbsent(text.purpose(), text));
    }
    return List.copyOf(chosen.values());
  }
}
