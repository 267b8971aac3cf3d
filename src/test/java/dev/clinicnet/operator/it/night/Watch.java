package dev.clinicnet.operator.it.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.chart.Alerts;
import dev.clinicnet.operator.it.night.AcceleratedRules.Speed;
import dev.clinicnet.testkit.PrometheusServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A real Prometheus with the accelerated rules, which watches one operator. */
final class Watch implements AutoCloseable {
  /** What a fault may take to be seen, on a busy machine: by the operator, a scrape, and a rule. */
  private static final Duration SLACK = Duration.ofSeconds(25);

  /** How long nothing else rings after an alert has begun to. */
  private static final Duration ALONE = Duration.ofSeconds(1);

  /** Longer than a scrape takes on a busy machine. */
  private static final Duration SCRAPES = Duration.ofSeconds(2);

  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final AcceleratedRules RULES = new AcceleratedRules(Alerts.rules());

  /** How each alert rang, in all watches. */
  private static final Map<String, Rang> PLAYED = new ConcurrentHashMap<>();

  /**
   * How an alert rang.
   *
   * @param after the time from the begin of the fault
   * @param others alerts that ring for the same fault before it
   */
  record Rang(Duration after, Set<String> others) {}

  private final PrometheusServer prometheus;

  private Watch(PrometheusServer prometheus) {
    this.prometheus = prometheus;
  }

  /** Watches the operator on this port. */
  static Watch of(int port) {
    try {
      Watch watch = new Watch(PrometheusServer.scraping(port, RULES.yaml(), SCRAPES));
      await("the first scrape")
          .atMost(SLACK.multipliedBy(2))
          .until(() -> !watch.prometheus.query("up == 1").isEmpty());
      return watch;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How each alert rang that was played. */
  static Map<String, Rang> played() {
    return new TreeMap<>(PLAYED);
  }

  /**
   * How long after the begin of its fault an alert rings at the latest: a fault may take as long to
   * be played as it takes to be seen.
   */
  static Duration within(Speed speed) {
    return speed.patience().plus(SLACK.multipliedBy(2));
  }

  static Map<String, Speed> speeds() {
    return RULES.speeds();
  }

  /** Nothing rings for as long as it would take every alert to ring several times. */
  void quiet(Duration time) {
    await()
        .pollInterval(OFTEN)
        .during(time)
        .atMost(time.plus(SLACK))
        .untilAsserted(() -> assertThat(prometheus.firing()).isEmpty());
  }

  /**
   * Plays a fault, and waits until its alert rings, alone.
   *
   * @param repair what ends it; nothing rings afterwards
   * @param before other alerts that ring for the same cause first, and end before this one begins
   */
  void rings(String alert, Runnable fault, Runnable repair, String... before) {
    rings(alert, fault, Set.of(before));
    repair.run();
    awaitNothing();
  }

  /** The same for a fault that the test leaves as it is. */
  void rings(String alert, Runnable fault) {
    rings(alert, fault, Set.of());
  }

  private void rings(String alert, Runnable fault, Set<String> before) {
    awaitNothing();
    Set<String> heard = new TreeSet<>();
    long begin = System.nanoTime();
    fault.run();
    Duration wait = RULES.speeds().get(alert).patience();
    await(alert)
        .pollInterval(OFTEN)
        .atMost(wait.plus(SLACK))
        .until(
            () -> {
              heard.addAll(prometheus.firing());
              return heard.contains(alert);
            });
    Duration after = Duration.ofNanos(System.nanoTime() - begin);
    await(alert + " alone")
        .pollInterval(OFTEN)
        .during(ALONE)
        .atMost(ALONE.multipliedBy(8))
        .untilAsserted(
            () -> {
              Set<String> now = prometheus.firing();
              heard.addAll(now);
              assertThat(now).containsExactly(alert);
            });
    heard.removeAll(before);
    assertThat(heard).as("all that rang").containsExactly(alert);
    PLAYED.put(alert, new Rang(after, before));
  }

  @Override
  public void close() {
    prometheus.close();
  }

  private void awaitNothing() {
    await("nothing rings")
        .pollInterval(OFTEN)
        .during(SCRAPES.plus(ALONE))
        .atMost(SLACK.multipliedBy(2))
        .untilAsserted(() -> assertThat(prometheus.firing()).isEmpty());
  }
}
