package dev.clinicnet.operator.image;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cost of one way to start the image. */
record Measurement(String label, Sample live, Sample ready, Sample converged) {
  private static final String ROW = "%-16s %10s %10s %10s %12s %14s";

  static List<String> table(List<Measurement> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted("", "to /livez", "to /readyz", "CPU time", "RSS, started", "RSS, converged"));
    rows.forEach(row -> lines.add(row.line()));
    return lines;
  }

  private String line() {
    return ROW.formatted(
        label,
        seconds(live.sinceStart()),
        seconds(ready.sinceStart()),
        seconds(ready.cpu()),
        mebibytes(ready),
        mebibytes(converged));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }

  private static String mebibytes(Sample sample) {
    return sample.residentKiB() / 1024 + " MiB";
  }
}
