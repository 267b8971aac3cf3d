package dev.clinicnet.operator.docs;

import java.util.List;
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

      | Metric | Type | Labels | Meaning |
      |---|---|---|---|
      """;

  private MetricsPage() {}

  static String write(List<RegisteredMetrics.Metric> metrics) {
    return HEAD + metrics.stream().map(MetricsPage::row).collect(Collectors.joining());
  }

  private static String row(RegisteredMetrics.Metric metric) {
    String labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |%n"
        .formatted(metric.name(), metric.type(), labels, metric.description());
  }
}
