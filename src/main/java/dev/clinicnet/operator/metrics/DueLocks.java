package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Timestamps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Since when the Clinics' internal locks wait for somebody at the site, or refuse what clients ask.
 * Only the services know it, but somebody installs the site kit of a Clinic. So they are counted by
 * Clinic.
 */
final class DueLocks {
  private final Map<ObjectName, Instant> notInstalled = new HashMap<>();
  private final Map<ObjectName, Instant> refusing = new HashMap<>();
  private final Set<ObjectName> rotating = new HashSet<>();
  private final Map<ObjectName, Instant> outdated = new HashMap<>();

  void add(HasMetadata object) {
    if (object instanceof Clinic clinic) {
      Conditions.find(ClinicStatus.of(clinic).conditions(), ConditionType.SiteKitCurrent)
          .filter(condition -> condition.status() == ConditionStatus.False)
          .flatMap(DueLocks::since)
          .ifPresent(since -> outdated.put(ObjectName.of(clinic), since));
    } else if (object instanceof ClinicService service) {
      Conditions.find(ClinicServiceStatus.of(service).conditions(), ConditionType.InternalLocked)
          .ifPresent(condition -> add(clinicOf(service), condition));
    }
  }

  private void add(ObjectName clinic, Condition condition) {
    if (condition.reason().equals(Reason.LockNotInstalled.name())) {
      since(condition).ifPresent(since -> notInstalled.merge(clinic, since, DueLocks::earlier));
    } else if (condition.reason().equals(Reason.LockRefusesRequests.name())) {
      since(condition).ifPresent(since -> refusing.merge(clinic, since, DueLocks::earlier));
    } else if (condition.reason().equals(Reason.LockRotationWaits.name())) {
      rotating.add(clinic);
    }
  }

  /** Since when each Clinic's locks wait; the site kit says it for a rotation. */
  Map<ObjectName, Instant> byClinic() {
    Map<ObjectName, Instant> all = new HashMap<>(notInstalled);
    rotating.stream()
        .filter(outdated::containsKey)
        .forEach(clinic -> all.merge(clinic, outdated.get(clinic), DueLocks::earlier));
    return all;
  }

  /** Since when each Clinic's locks are not in force and refuse the requests of clients. */
  Map<ObjectName, Instant> refusing() {
    return Map.copyOf(refusing);
  }

  private static ObjectName clinicOf(ClinicService service) {
    return new ObjectName(
        service.getMetadata().getNamespace(), service.getSpec().clinicRef().name());
  }

  private static Optional<Instant> since(Condition condition) {
    return Timestamps.parse(condition.lastTransitionTime());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
