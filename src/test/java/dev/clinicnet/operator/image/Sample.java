package dev.clinicnet.operator.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process at one moment.
 *
 * @param sinceStart by the clock on the wall
 * @param cpu what it has used of all processors, which other work on the machine disturbs less
 * @param residentKiB its memory at present, as Linux counts it
 */
record Sample(Duration sinceStart, Duration cpu, long residentKiB) {
  static Sample of(ProcessHandle process, long startNanos) {
    return new Sample(
        Duration.ofNanos(System.nanoTime() - startNanos),
        process.info().totalCpuDuration().orElse(Duration.ZERO),
        resident(process.pid()));
  }

  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException notLinux) {
      return 0;
    }
  }
}
