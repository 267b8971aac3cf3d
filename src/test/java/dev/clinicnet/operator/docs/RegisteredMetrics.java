package dev.clinicnet.operator.docs;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The metrics that the code registers, read from its source. So a new metric is found without a
 * list of all metrics.
 */
final class RegisteredMetrics {
  private static final String MICROMETER = "io.micrometer.core.instrument.";
  private static final String SNAPSHOTS = "io.prometheus.metrics.model.snapshots.";

  private RegisteredMetrics() {}

  /**
   * A metric as Prometheus sees it.
   *
   * @param type in lower case: gauge, counter, timer
   */
  record Metric(String name, String type, List<String> labels, String description) {}

  /** The metrics of all files below a directory, by name. */
  static List<Metric> in(Path sources) throws IOException {
    MeterCalls calls = new MeterCalls();
    for (CompilationUnitTree unit : parsed(sources)) {
      calls.scan(unit, null);
    }
    return calls.metrics().stream()
        .map(RegisteredMetrics::asInPrometheus)
        .distinct()
        .sorted(Comparator.comparing(Metric::name))
        .toList();
  }

  private static Metric asInPrometheus(Metric metric) {
    Meter.Type type =
        switch (metric.type()) {
          case "Counter", "CounterSnapshot", "FunctionCounter" -> Meter.Type.COUNTER;
          case "Timer" -> Meter.Type.TIMER;
          case "Gauge", "GaugeSnapshot", "MultiGauge" -> Meter.Type.GAUGE;
          case "TimeGauge" ->
              throw new IllegalStateException(metric + ": use a Gauge whose name has the unit");
          default -> Meter.Type.OTHER;
        };
    String name = new PrometheusNamingConvention().name(metric.name(), type, null);
    return new Metric(
        type == Meter.Type.COUNTER ? name + "_total" : name,
        type.name().toLowerCase(Locale.ROOT),
        metric.labels(),
        metric.description());
  }

  /** The files that use meters, parsed and not compiled. */
  private static List<CompilationUnitTree> parsed(Path sources) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(sources)) {
      for (Path file : (Iterable<Path>) all.filter(f -> f.toString().endsWith(".java"))::iterator) {
        String text = Files.readString(file);
        if (text.contains(MICROMETER) || text.contains(SNAPSHOTS) || text.contains("Metric(")) {
          files.add(file);
        }
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      return units;
    }
  }
}
