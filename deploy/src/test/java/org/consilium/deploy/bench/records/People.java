package org.consilium.deploy.bench.records;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.consilium.records.text.SearchText;

/**
 * Patients with names in five scripts, the first of each list far oftener than the last; among each
 * thousand, those who are looked for by name.
 */
final class People {
  private static final int AGE_DAYS_MAX = 80 * 365;
  private static final int KEYED_FROM_LETTERS = 4;

  /** Chance gives nearly nobody the last names of a list, and hardly ever two of them. */
  private static final int ONE_IN = 1_000;

  private static final Map<Integer, String> LOOKED_FOR =
      Map.of(0, "Zawadi Baraka", 5, "Xóchitl Nakato");

  private static final List<List<String>> NAMES =
      List.of(
          List.of(
              "Mohammed",
              "Amina",
              "Grace",
              "Joseph",
              "Wanjikũ",
              "Mwangi",
              "Otieno",
              "Nakato",
              "Achieng",
              "José",
              "Nguyễn",
              "Kipchoge",
              "Zawadi",
              "Baraka",
              "Xóchitl"),
          List.of("محمد", "فاطمة", "علي", "أحمد", "زينب", "خالد", "ياسمين", "إدريس"),
          List.of("အောင်", "စန္ဒာ", "မောင်", "ခင်", "ဇော်", "သီရိ", "ဝင်း"),
          List.of("ታደሰ", "በቀለ", "አበበች", "ገብረ", "ሰላም", "ዮሐንስ"),
          List.of("अमित", "सुनीता", "कुमार", "लक्ष्मी", "राजेश", "ज्योति"));

  private People() {}

  /** Somebody as the record keeps them. */
  record Patient(UUID id, String number, String name, String phone, LocalDate born) {
    /** What a search looks through, as the product writes it when it registers. */
    String searchText() {
      return SearchText.of(name)
          + "\n"
          + SearchText.of(number)
          + "\n"
          + SearchText.of(phone)
          + "\n"
          + SearchText.digits(phone);
    }

    /** The words of the name, each also without one of its letters, as an array of PostgreSQL. */
    String nameKeys() {
      Set<String> keys = new LinkedHashSet<>();
      for (var word : SearchText.of(name).split(" ")) {
        keys.add(word);
        for (int i = 0; word.length() >= KEYED_FROM_LETTERS && i < word.length(); i++) {
          keys.add(word.substring(0, i) + word.substring(i + 1));
        }
      }
      return "{\"" + String.join("\",\"", keys) + "\"}";
    }

    String phoneKeys() {
      var digits = SearchText.digits(phone);
      return "{" + digits.substring(digits.length() - 8) + "}";
    }
  }

  /** The patient with this number of the organisation's. */
  static Patient patient(UUID id, int number, Random random) {
    var names = NAMES.get(number % NAMES.size());
    var name = oneOf(names, random) + " " + oneOf(names, random);
    return new Patient(
        id,
        "OPD-%06d".formatted(number),
        LOOKED_FOR.getOrDefault(number % ONE_IN, name),
        "+2547%08d".formatted(random.nextInt(100_000_000)),
        LocalDate.of(2026, 1, 1).minusDays(random.nextInt(AGE_DAYS_MAX)));
  }

  private static String oneOf(List<String> names, Random random) {
    double skewed = random.nextDouble() * random.nextDouble() * random.nextDouble();
    return names.get((int) (skewed * names.size()));
  }
}
