package org.consilium.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.junit.jupiter.api.Test;

class HoursJsonTest {
  @Test
  void every_kind_survives_being_written_and_read() {
    var date = LocalDate.parse("2026-05-01");
    var hours =
        new Hours(
            ZoneId.of("Asia/Kathmandu"),
            List.of(
                new WeeklyHours(
                    Set.of(java.time.DayOfWeek.MONDAY),
                    ClockTime.parse("22:00"),
                    ClockTime.parse("24:00"),
                    2,
                    Optional.of(date),
                    Optional.empty(),
                    Optional.of(date))),
            List.of(
                new HoursException.Closed(date),
                new HoursException.Replace(
                    date, ClockTime.parse("01:00"), ClockTime.parse("02:00")),
                new HoursException.Extra(date, ClockTime.parse("03:00"), ClockTime.parse("04:00")),
                new HoursException.Away(date, date.plusDays(3)),
                new HoursException.Busy(
                    new TimeSlot(
                        Instant.parse("2026-05-01T00:00:00Z"),
                        Instant.parse("2026-05-01T01:00:00Z")))),
            List.of(new Hours.ZoneChange(date, ZoneId.of("Europe/Paris"))));
    var json = Json.write(HoursJson.of(hours));
    assertThat(Json.read(json, HoursJson.class).read("")).isEqualTo(hours);
  }

  @Test
  void everything_wrong_is_named_at_once() {
    var json =
        """
        {"zone": "Mars/Olympus",
         "weekly": [{"days": ["monday"], "start": "24:00", "end": "25:00", "everyWeeks": 2}],
         "exceptions": [{"kind": "extra", "date": "2026-02-30", "start": "08:00"},
                        {"kind": "busy", "from": "2026-03-01T10:00:00Z", "to": "2026-03-01T09:00:00Z"},
                        {"kind": "closed"}]}
        """;
    var hours = Json.read(json.getBytes(StandardCharsets.UTF_8), HoursJson.class);
    assertThatThrownBy(() -> hours.read("/hours"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.errors())
                    .extracting(FieldError::pointer)
                    .containsExactlyInAnyOrder(
                        "/hours/zone",
                        "/hours/weekly/0/start",
                        "/hours/weekly/0/end",
                        "/hours/weekly/0/anchor",
                        "/hours/exceptions/0/date",
                        "/hours/exceptions/0/end",
                        "/hours/exceptions/1/to",
                        "/hours/exceptions/2/date"));
  }
}
