package org.consilium.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.consilium.deploy.Settings;
import org.consilium.deploy.Settings.WrongSetting;
import org.junit.jupiter.api.Test;

class BackupSettingsTest {
  @Test
  void nothing_is_backed_up_unless_a_folder_is_named() {
    assertThat(BackupSettings.from(Map.of()).folder()).isEmpty();
    assertThat(BackupSettings.from(Map.of("CONSILIUM_BACKUP", " ")).folder()).isEmpty();
    assertThat(checked(Map.of("CONSILIUM_BACKUP", "/mnt/backup")))
        .isEqualTo(new BackupSettings(Optional.of(Path.of("/mnt/backup")), 7));
  }

  @Test
  void what_cannot_be_done_is_said_at_the_start() {
    for (var keep : new String[] {"0", "-1", "many", "1001"}) {
      refused(
          Map.of("CONSILIUM_BACKUP_KEEP", keep), "CONSILIUM_BACKUP_KEEP", "from 1 to 1000", keep);
    }
    refused(
        Map.of("CONSILIUM_DATA", "/srv/data", "CONSILIUM_BACKUP", "/srv/data/../data/backup"),
        "outside of CONSILIUM_DATA");
    refused(
        Map.of(
            "CONSILIUM_BACKUP",
            "/mnt/backup",
            "CONSILIUM_DATABASE_URL",
            "postgresql://a:secret@db.example.org/consilium"),
        "CONSILIUM_DATABASE_URL",
        "its own tools");
  }

  private static void refused(Map<String, String> environment, String... words) {
    assertThatThrownBy(() -> checked(environment))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("secret");
  }

  private static BackupSettings checked(Map<String, String> environment) {
    return BackupSettings.from(environment).checkedFor(Settings.from(new HashMap<>(environment)));
  }
}
