package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.FleetState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.attention.Problem;
import dev.clinicnet.operator.attention.ServiceState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The fleet as one viewer may see it. */
record FleetView(FleetState state) {

  /**
   * What is wrong with several clinics.
   *
   * @param title the title of the problem
   * @param count how many clinics have it as their worst problem
   * @param since when the first of them got it
   */
  record Cause(String title, int count, Instant since) {
    private Cause with(Cause other) {
      return new Cause(
          title, count + other.count, since.isBefore(other.since) ? since : other.since);
    }
  }

  /**
   * The view.
   *
   * @param visible whether the viewer may see a namespace
   */
  static FleetView of(Fleet fleet, Predicate<String> visible, Instant now) {
    return new FleetView(
        FleetState.of(
            visible(fleet.clinics(), visible),
            visible(fleet.services(), visible),
            visible(fleet.sessions(), visible),
            now));
  }

  /** The clinics, the worst first. */
  List<ClinicState> clinics() {
    return state.clinics();
  }

  /** The services whose Clinic does not exist. */
  List<ServiceState> strays() {
    return state.alone();
  }

  /** One clinic; empty if it does not exist, or if the viewer may not see it. */
  Optional<ClinicState> clinic(String namespace, String name) {
    return clinics().stream()
        .filter(c -> c.namespace().equals(namespace) && c.name().equals(name))
        .findFirst();
  }

  /** Whether the viewer may know of an account: of {@code default}, and those of the clinics. */
  boolean uses(String account) {
    return account.equals(NgrokAccount.DEFAULT)
        || clinics().stream().anyMatch(c -> c.clinic().getSpec().account().equals(account));
  }

  /** The namespaces of the clinics. */
  List<String> namespaces() {
    return clinics().stream().map(ClinicState::namespace).distinct().sorted().toList();
  }

  /** How many clinics need that. */
  long count(Need need) {
    return clinics().stream().filter(clinic -> clinic.need() == need).count();
  }

  /** What needs somebody, by its title: what concerns most clinics comes first. */
  List<Cause> causes() {
    Map<String, Cause> causes = new HashMap<>();
    for (ClinicState clinic : clinics()) {
      if (clinic.need() == Need.SOMEBODY) {
        Problem worst = clinic.worst().orElseThrow();
        causes.merge(
            worst.title(), new Cause(worst.title(), 1, worst.since()), (a, b) -> a.with(b));
      }
    }
    return causes.values().stream()
        .sorted(Comparator.comparing(Cause::count).reversed().thenComparing(Cause::title))
        .toList();
  }

  private static <T extends HasMetadata> List<T> visible(
      List<T> objects, Predicate<String> visible) {
    return objects.stream()
        .filter(object -> visible.test(object.getMetadata().getNamespace()))
        .toList();
  }
}
