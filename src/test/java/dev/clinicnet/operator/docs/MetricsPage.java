package dev.clinicnet.operator.docs;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code docs/reference/metrics.md}. */
final class MetricsPage {
  private static final String HEAD =
      """
      <!-- Generated from the code that registers the metrics: change that, not this file. -->
      # Metrics

      This page lists every metric of the operator, as `/metrics` describes it. [Operating the
      operator](../operations.md#metrics) explains how to read them, and which alerts use them. In
      addition, the Java Operator SDK has metrics that begin with `operator_sdk_`. A timer also has
      a metric that ends in `_max`, the recent maximum.

      By default no label names an object, so the number of series does not grow with the number of
      objects. With `--object-metrics` some metrics have the labels in the column "For each object",
      and a series for each object: then the value is that of the object.

      | Metric | Type | Labels | For each object | Meaning |
      |---|---|---|---|---|
      """;

  /** The labels that name an object. */
  private static final Set<String> NAMING = Set.of("namespace", "name", "clinic");

  private MetricsPage() {}

  static String write(List<RegisteredMetrics.Metric> metrics) {
    return HEAD + metrics.stream().map(MetricsPage::row).collect(Collectors.joining());
  }

  private static String row(RegisteredMetrics.Metric metric) {
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            metric.name(),
            metric.type(),
            labels(metric, label -> !NAMING.contains(label)),
            labels(metric, NAMING::contains),
            metric.description());
  }

  private static String labels(RegisteredMetrics.Metric metric, Predicate<String> which) {
    return metric.labels().stream()
        .filter(which)
        .map(label -> "`" + label + "`")
        .collect(Collectors.joining(", "));
  }
}
