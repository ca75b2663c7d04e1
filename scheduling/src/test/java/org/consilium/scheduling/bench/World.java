package org.consilium.scheduling.bench;

import java.util.List;

/**
 * Where generated people live and what they speak: 40 zones in ten regions, 30 languages in the
 * clusters in which they occur together.
 *
 * <p>Each region names its zones, the language of its clinics, the languages of its patients, and
 * the languages that doctors from there speak besides.
 */
final class World {
  record Region(
      String clinicLanguage, List<String> zones, List<String> patients, List<String> doctors) {}

  static final List<String> LANGUAGES =
      List.of(
          "en", "fr", "es", "pt", "ar", "sw", "am", "ha", "yo", "so", "ln", "rw", "mg", "ny", "wo",
          "hi", "bn", "ur", "ne", "ta", "ps", "fa", "my", "km", "id", "tl", "vi", "tpi", "ht",
          "qu");

  /** The first six ask, the others mostly answer. */
  static final List<Region> REGIONS =
      List.of(
          new Region(
              "en",
              List.of("Africa/Nairobi", "Africa/Kampala", "Africa/Addis_Ababa", "Africa/Blantyre"),
              List.of("sw", "am", "so", "ny", "en"),
              List.of("en", "sw")),
          new Region(
              "fr",
              List.of("Africa/Kinshasa", "Africa/Dakar", "Africa/Kigali", "Indian/Antananarivo"),
              List.of("ln", "wo", "rw", "mg", "fr"),
              List.of("fr")),
          new Region(
              "en",
              List.of("Asia/Kolkata", "Asia/Dhaka", "Asia/Kathmandu", "Asia/Karachi"),
              List.of("hi", "bn", "ne", "ur", "ta"),
              List.of("en", "hi", "ur")),
          new Region(
              "ar",
              List.of("Africa/Khartoum", "Asia/Aden", "Asia/Beirut", "Asia/Baghdad"),
              List.of("ar", "so"),
              List.of("ar", "en")),
          new Region(
              "en",
              List.of("Africa/Lagos", "Africa/Accra", "Pacific/Port_Moresby", "Asia/Yangon"),
              List.of("ha", "yo", "en", "tpi", "my"),
              List.of("en", "ha", "yo")),
          new Region(
              "es",
              List.of("America/La_Paz", "America/Lima", "America/Guatemala", "America/Bogota"),
              List.of("es", "qu"),
              List.of("es")),
          new Region(
              "en",
              List.of("Europe/London", "America/New_York", "America/Toronto", "Australia/Sydney"),
              List.of("en"),
              List.of("en", "hi", "es", "ar", "fr")),
          new Region(
              "fr",
              List.of("Europe/Paris", "Europe/Brussels", "America/Port-au-Prince", "Europe/Zurich"),
              List.of("fr", "ht"),
              List.of("fr", "en", "ar", "pt")),
          new Region(
              "pt",
              List.of("Europe/Lisbon", "America/Sao_Paulo", "Africa/Maputo", "Africa/Luanda"),
              List.of("pt"),
              List.of("pt", "en", "es")),
          new Region(
              "en",
              List.of("Asia/Manila", "Asia/Jakarta", "Asia/Ho_Chi_Minh", "Asia/Phnom_Penh"),
              List.of("tl", "id", "vi", "km", "fa", "ps"),
              List.of("en", "tl", "id")));

  /** How often a request comes from each region, and how often a specialist lives there. */
  static final double[] ASKING = {20, 20, 18, 14, 12, 8, 0.5, 2, 2.5, 3};

  static final double[] ANSWERING = {6, 4, 14, 5, 6, 7, 32, 14, 7, 5};

  static final int SPECIALTIES = 20;

  private World() {}

  static int language(String code) {
    int index = LANGUAGES.indexOf(code);
    if (index < 0) {
      throw new IllegalArgumentException("Not one of the languages: " + code);
    }
    return index;
  }
}
