package dev.clinicnet.operator.it.night;

import dev.clinicnet.operator.it.night.AcceleratedRules.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The table of a night, as it is in {@code docs/alerts.md}. */
final class NightTable {
  private static final Path FILE = Path.of("target/night.md");

  private NightTable() {}

  /** Writes what rang, and prints it. */
  static void write(Map<String, Speed> speeds, Map<String, Duration> rang) throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| Alert | Stated | Factor | Accelerated | Rang after |\n|---|---|---|---|---|\n");
    speeds.forEach(
        (alert, speed) ->
            table.append(
                "| `%s` | %s | %.1f | %s | %s |%n"
                    .formatted(
                        alert,
                        text(speed.stated()),
                        speed.factor(),
                        seconds(speed.patience()),
                        rang.containsKey(alert) ? seconds(rang.get(alert)) : "not played")));
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, table);
    System.out.print(table);
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }

  private static String text(Duration time) {
    if (time.isZero()) {
      return "at once";
    }
    return time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
  }
}
