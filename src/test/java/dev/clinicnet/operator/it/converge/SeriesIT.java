package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/**
 * How many series the operator has: by default, their number does not grow with the number of
 * Clinics. With {@code --object-metrics} it does.
 */
class SeriesIT extends InOneNamespace {
  private static final int FEW = 10;
  private static final int MANY = 100;

  /** A Clinic and its services. */
  private static final int EACH = 4;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern READY =
      Pattern.compile(
          "clinicnet_object_condition\\{condition=\"Ready\",kind=\"Clinic(?:Service)?\"[^}]*status=\"True\"} (\\S+)");

  /** More states of conditions, outcomes of requests and kinds of changes are seen with time. */
  private static final int SEEN_LATER = 30;

  @Test
  void theirNumberGrowsWithTheClinicsOnlyIfTheyAreNamed() {
    manifests.applyText(Fixtures.authorities());
    apply(0, FEW);
    Set<String> counted = counted(FEW);
    Set<String> named = named(FEW);
    apply(FEW, MANY);
    Set<String> countedOfMany = counted(MANY);
    Set<String> namedOfMany = named(MANY);
    Set<String> ofEach =
        namedOfMany.stream()
            .filter(series -> series.matches(".*\"c99(-[a-z]+)?\".*"))
            .collect(Collectors.toSet());

    System.out.printf(
        "Series of %d and of %d Clinics with 3 services each: %d and %d. Named: %d and %d, of a Clinic: %d%n",
        FEW,
        MANY,
        counted.size(),
        countedOfMany.size(),
        named.size(),
        namedOfMany.size(),
        ofEach.size());
    Set<String> more = new TreeSet<>(countedOfMany);
    more.removeAll(counted);
    assertThat(more).hasSizeLessThan(SEEN_LATER);
    assertThat(countedOfMany).noneMatch(series -> series.contains("=\"" + namespace.name() + '"'));
    assertThat(ofEach)
        .anyMatch(series -> series.startsWith("clinic_agents{"))
        .anyMatch(series -> series.startsWith("clinicnet_object_condition{"))
        .anyMatch(series -> series.startsWith("operator_certificate_expiry_"));
    assertThat(namedOfMany.size() - named.size()).isGreaterThan((MANY - FEW) * 40);
  }

  /** Applies the Clinics from one number to another, each with three services. */
  private void apply(int from, int to) {
    manifests.applyText(
        IntStream.range(from, to)
            .mapToObj(i -> site("c" + i))
            .collect(Collectors.joining("---\n")));
  }

  private static String site(String clinic) {
    return String.join(
        "---\n",
        Site.sharing(clinic),
        Site.api(clinic),
        Site.db(clinic),
        Site.https(
            clinic + "-records",
            clinic,
            clinic + "-records.api.example.com",
            "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: clients, key: ca.crt}}]}}"));
  }

  /** The series of an operator with its default metrics, without their values. */
  private Set<String> counted(int clinics) {
    try (ClinicOperator operator = operator().start()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(ready(operator.metrics())).isEqualTo(clinics * EACH));
      look(operator);
      return series(operator);
    }
  }

  /**
   * The series of an operator whose metrics name objects. The statuses are as the operator before
   * has left them, so they do not say what this one has seen.
   */
  private Set<String> named(int clinics) {
    try (ClinicOperator operator = operator().withObjectMetrics().start()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(operator.metrics().lines())
                      .areExactly(clinics, beginning("clinic_agents{"))
                      .areExactly(clinics, beginning("operator_certificate_expiry_")));
      return series(operator);
    }
  }

  private static Set<String> series(ClinicOperator operator) {
    return operator
        .metrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Condition<String> beginning(String with) {
    return new Condition<>(line -> line.startsWith(with), "begins with " + with);
  }

  /** The number of objects that are ready. */
  private static int ready(String metrics) {
    return READY
        .matcher(metrics)
        .results()
        .mapToInt(found -> (int) Double.parseDouble(found.group(1)))
        .sum();
  }
}
