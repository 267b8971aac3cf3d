package dev.clinicnet.demo;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Waits for conditions, and prints which object gets one, and when. */
final class Progress {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final KubernetesClient client;
  private final TimeLimit limit;
  private final Screen screen;
  private final Map<ConditionType, Set<String>> toldBefore = new EnumMap<>(ConditionType.class);

  Progress(KubernetesClient client, TimeLimit limit, Screen screen) {
    this.client = client;
    this.limit = limit;
    this.screen = screen;
  }

  /**
   * Waits until a condition is True for every object, or for every Clinic if only Clinics have it.
   * Each object is reported once.
   *
   * @throws DemoFailure when the time limit passes before
   */
  void await(ConditionType type) throws InterruptedException {
    Set<String> told = toldBefore.computeIfAbsent(type, first -> new HashSet<>());
    while (true) {
      Snapshot now = Snapshot.of(client, Demo.NAMESPACE);
      List<? extends HasMetadata> bearers =
          type == ConditionType.SiteKitCurrent ? now.clinics() : now.all();
      for (HasMetadata object : bearers) {
        if (Snapshot.holds(object, type) && told.add(Snapshot.name(object))) {
          screen.step(Snapshot.name(object) + " is " + type + detail(object, type));
        }
      }
      if (told.size() == bearers.size()) {
        return;
      }
      if (limit.hasPassed()) {
        throw new DemoFailure(missing(type, bearers));
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  /**
   * Waits until every Clinic counts its services as Ready, because only then is its site kit
   * complete.
   */
  void awaitServicesCounted() throws InterruptedException {
    while (true) {
      Snapshot now = Snapshot.of(client, Demo.NAMESPACE);
      List<Clinic> behind =
          now.clinics().stream()
              .filter(
                  clinic ->
                      clinic.getStatus().services() == null
                          || clinic.getStatus().services().ready() != now.servicesOf(clinic).size())
              .toList();
      if (behind.isEmpty()) {
        return;
      }
      if (limit.hasPassed()) {
        List<String> lines = new ArrayList<>();
        lines.add(
            "After %d s these do not know their services:".formatted(limit.limit().toSeconds()));
        behind.forEach(
            clinic ->
                lines.add(
                    "  %s: %s, of %d"
                        .formatted(
                            Snapshot.name(clinic),
                            clinic.getStatus().services(),
                            now.servicesOf(clinic).size())));
        throw new DemoFailure(lines);
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  private static String detail(HasMetadata object, ConditionType type) {
    if (type == ConditionType.Ready && object instanceof ClinicService service) {
      if (service.getSpec().expose() == null) {
        return ": internal only";
      }
      return service.getSpec().availability() == Availability.OnDemand
          ? ": closed until a session opens it"
          : ": " + service.getStatus().publicURL();
    }
    return type == ConditionType.Ready && object instanceof Clinic clinic
        ? ": site kit in Secret " + clinic.getStatus().siteKit().secretName()
        : "";
  }

  private List<String> missing(ConditionType type, List<? extends HasMetadata> bearers) {
    List<String> lines = new ArrayList<>();
    lines.add("After %d s these are not %s:".formatted(limit.limit().toSeconds(), type));
    for (HasMetadata object : bearers) {
      if (Snapshot.holds(object, type)) {
        continue;
      }
      lines.add("  " + Snapshot.name(object));
      for (Condition condition : Conditions.of(object)) {
        boolean tells =
            condition.status() != ConditionStatus.True || condition.type().equals("Stalled");
        if (tells && (type == ConditionType.Ready) != isBesideReady(condition)) {
          lines.addAll(
              Screen.wrap(
                  "    ",
                  "%s=%s %s: %s"
                      .formatted(
                          condition.type(),
                          condition.status(),
                          condition.reason(),
                          condition.message())));
        }
      }
      if (Conditions.of(object).isEmpty()) {
        lines.add("    no condition: the operator has not looked at it");
      }
    }
    return lines;
  }

  private static boolean isBesideReady(Condition condition) {
    return Set.of("DomainsReady", "AgentOnline", "SiteKitCurrent").contains(condition.type());
  }
}
