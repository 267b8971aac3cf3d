package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fleet waits under the real limit of requests: how often its Secrets are read meanwhile. */
class WaitingReadsTest {
  private static final int CLINICS = 60;
  private static final Duration TIME = Duration.ofSeconds(60);

  /** The status that says the wait comes into the cache a little later. */
  private static final int MOST = 1;

  @Test
  void aNewClinicThatWaitsForItsFirstRequestReadsNoSecretMeanwhile() {
    try (World world = new World(new Schedule(1, List.of(), Map.of()), Wishes.ofFleet(CLINICS))) {
      world.site().applyAll();
      world.scheduler().start();
      world.scheduler().runUntil(world.now().plus(TIME));

      String users = world.platform().all("service_users").toString();
      List<String> waiting =
          world.server().all(Clinic.class).stream()
              .filter(WaitingReadsTest::waits)
              .map(clinic -> clinic.getMetadata().getName())
              .filter(name -> !users.contains(name))
              .toList();
      assertThat(waiting).hasSizeGreaterThan(10);
      assertThat(waiting).extracting(name -> reads(world, name)).allMatch(reads -> reads <= MOST);
    }
  }

  private static boolean waits(Clinic clinic) {
    return Conditions.says(
        Conditions.of(clinic), ConditionType.Programmed, Reason.WaitingForBudget);
  }

  /** The reads since the status says that the Clinic waits. */
  private static long reads(World world, String name) {
    return world.trace().lines().stream()
        .dropWhile(line -> !line.endsWith(" status of " + name))
        .filter(line -> line.endsWith(" read Secret " + name + "-site-kit"))
        .count();
  }
}
