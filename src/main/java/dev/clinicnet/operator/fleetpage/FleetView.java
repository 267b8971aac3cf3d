package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The fleet as one viewer may see it.
 *
 * @param clinics the worst first
 * @param strays the services whose Clinic does not exist
 */
record FleetView(List<ClinicView> clinics, List<ClinicService> strays) {

  /**
   * What is wrong with several clinics.
   *
   * @param title the reason, or the condition
   * @param count how many clinics have it as their worst problem
   * @param since when the first of them got it
   */
  record Cause(Level level, String title, int count, Instant since) {}

  /**
   * The view.
   *
   * @param visible whether the viewer may see a namespace
   */
  static FleetView of(Fleet fleet, Predicate<String> visible, Instant now) {
    Map<String, List<ClinicService>> services = new HashMap<>();
    Map<String, String> clinicOfService = new HashMap<>();
    for (ClinicService service : fleet.services()) {
      String clinic = key(service, service.getSpec().clinicRef().name());
      services.computeIfAbsent(clinic, key -> new ArrayList<>()).add(service);
      clinicOfService.put(key(service, service.getMetadata().getName()), clinic);
    }
    Map<String, List<ClinicSession>> sessions = new HashMap<>();
    for (ClinicSession session : fleet.sessions()) {
      String clinic = clinicOfService.get(key(session, session.getSpec().serviceRef().name()));
      if (clinic != null) {
        sessions.computeIfAbsent(clinic, key -> new ArrayList<>()).add(session);
      }
    }
    List<ClinicView> views = new ArrayList<>();
    for (Clinic clinic : fleet.clinics()) {
      if (visible.test(clinic.getMetadata().getNamespace())) {
        String key = key(clinic, clinic.getMetadata().getName());
        List<ClinicService> own = services.getOrDefault(key, List.of());
        List<ClinicSession> opened = sessions.getOrDefault(key, List.of());
        views.add(
            new ClinicView(clinic, byName(own), opened, Problems.of(clinic, own, opened, now)));
      }
    }
    views.sort(ClinicView.WORST_FIRST);
    Set<String> existing =
        fleet.clinics().stream()
            .map(clinic -> key(clinic, clinic.getMetadata().getName()))
            .collect(Collectors.toSet());
    List<ClinicService> strays =
        fleet.services().stream()
            .filter(service -> visible.test(service.getMetadata().getNamespace()))
            .filter(s -> !existing.contains(key(s, s.getSpec().clinicRef().name())))
            .toList();
    return new FleetView(views, byName(strays));
  }

  /** One clinic; empty if it does not exist, or if the viewer may not see it. */
  Optional<ClinicView> clinic(String namespace, String name) {
    return clinics.stream()
        .filter(c -> c.namespace().equals(namespace) && c.name().equals(name))
        .findFirst();
  }

  /** The namespaces of the clinics. */
  List<String> namespaces() {
    return clinics.stream().map(ClinicView::namespace).distinct().sorted().toList();
  }

  /** How many clinics are as bad as that. */
  long count(Level level) {
    return clinics.stream().filter(clinic -> clinic.level() == level).count();
  }

  /** What needs attention, by its reason: what concerns most clinics comes first. */
  List<Cause> causes() {
    Map<String, Cause> causes = new HashMap<>();
    for (ClinicView clinic : clinics) {
      if (clinic.level() == Level.ATTENTION) {
        Problem worst = clinic.worst().orElseThrow();
        causes.merge(
            worst.title(),
            new Cause(worst.level(), worst.title(), 1, worst.since()),
            (a, b) ->
                new Cause(
                    a.level(),
                    a.title(),
                    a.count() + b.count(),
                    a.since().isBefore(b.since()) ? a.since() : b.since()));
      }
    }
    return causes.values().stream()
        .sorted(Comparator.comparing(Cause::count).reversed().thenComparing(Cause::title))
        .toList();
  }

  private static <T extends HasMetadata> List<T> byName(List<T> objects) {
    return objects.stream().sorted(Comparator.comparing(o -> o.getMetadata().getName())).toList();
  }

  private static String key(HasMetadata object, String name) {
    return object.getMetadata().getNamespace() + "/" + name;
  }
}
