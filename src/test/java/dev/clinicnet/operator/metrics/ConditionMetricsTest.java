package dev.clinicnet.operator.metrics;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final String OFFLINE =
      "clinicnet_object_condition%s{condition=\"AgentOnline\",kind=\"Clinic\"%s,reason=\"AgentOffline\",status=\"False\"} %s\n";

  private final List<HasMetadata> objects = new ArrayList<>();

  @Test
  void countsObjectsAndSaysHowLongTheOldestIsSo() {
    objects.add(offline("one", "2026-01-01T23:00:00Z"));
    objects.add(offline("two", "2026-01-01T22:00:00Z"));
    objects.add(clinic("new").build());

    assertThat(scrape(false))
        .contains(OFFLINE.formatted("", "", "2.0"))
        .contains(OFFLINE.formatted("_age_seconds", "", "7200.0"))
        .doesNotContain("name=");
  }

  @Test
  void namesEachObjectIfToldSo() {
    objects.add(offline("one", "2026-01-01T23:00:00Z"));
    objects.add(offline("two", "2026-01-01T22:00:00Z"));

    assertThat(scrape(true))
        .contains(OFFLINE.formatted("", ",name=\"one\",namespace=\"clinics\"", "1.0"))
        .contains(
            OFFLINE.formatted("_age_seconds", ",name=\"two\",namespace=\"clinics\"", "7200.0"));
  }

  @Test
  void aStateThatNobodyIsInAnyMoreIsNotShown() {
    objects.add(offline("one", "2026-01-01T23:00:00Z"));
    assertThat(scrape(false)).contains("AgentOffline");
    objects.clear();

    assertThat(scrape(false)).doesNotContain("AgentOffline");
  }

  @Test
  void aTimeInTheFutureOrNoTimeIsNow() {
    objects.add(offline("early", "2026-01-02T00:00:09Z"));
    assertThat(scrape(false)).contains(OFFLINE.formatted("_age_seconds", "", "0.0"));
    objects.set(0, offline("odd", "yesterday"));

    assertThat(scrape(false)).contains(OFFLINE.formatted("_age_seconds", "", "0.0"));
  }

  /** A thousand clinics with three services each, and ten conditions each. */
  @Test
  void manyObjectsDoNotMakeAScrapeSlow() {
    List<Condition> ten =
        IntStream.range(0, 10)
            .mapToObj(i -> condition("Type" + i, "Reason" + i, "2026-01-01T00:00:00Z"))
            .toList();
    for (int i = 0; i < 4_000; i++) {
      objects.add(clinic("clinic" + i).status(clinicStatus().conditions(ten).build()).build());
    }
    scrape(false);

    long begin = processorNanos();
    String counted = scrape(false);
    Duration took = Duration.ofNanos(processorNanos() - begin);

    assertThat(counted.lines().filter(line -> line.startsWith("clinicnet_"))).hasSize(20);
    assertThat(took).isLessThan(Duration.ofSeconds(1));
    assertThat(scrape(true).lines().filter(line -> line.startsWith("clinicnet_"))).hasSize(80_000);
  }

  /** The time of this thread on a processor, which other tests do not change. */
  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private String scrape(boolean named) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .getPrometheusRegistry()
        .register(new ConditionMetrics(objects::stream, named, Clock.fixed(NOW, ZoneOffset.UTC)));
    return registry.scrape();
  }

  private static Clinic offline(String name, String since) {
    return clinic(name)
        .status(
            clinicStatus()
                .conditions(List.of(condition("AgentOnline", "AgentOffline", since)))
                .build())
        .build();
  }

  private static Condition condition(String type, String reason, String since) {
    return new Condition(type, ConditionStatus.False, 1L, since, reason, "");
  }
}
