package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.account.Requeue;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Requeues objects that did not change in Kubernetes, as the controllers' own class does. */
final class VirtualRequeue implements Requeue {
  private static final List<Duration> AGAIN =
      List.of(Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(3));

  private final World world;
  private final Work work;
  private final Controllers controllers;

  VirtualRequeue(World world, Work work, Controllers controllers) {
    this.world = world;
    this.work = work;
    this.controllers = controllers;
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return controllers.clinics().clinic(namespace, name);
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return controllers.clinics().clinicsBy(claimKey);
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return controllers.services().servicesBy(claimKey);
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    return controllers.services().service(namespace, name);
  }

  @Override
  public Stream<Clinic> allClinics() {
    return controllers.clinics().all(Clinic.class).stream();
  }

  @Override
  public Stream<ClinicService> allServices() {
    return controllers.services().all(ClinicService.class).stream();
  }

  @Override
  public void owner(Owner owner) {
    controllers.due(owner.kind(), owner.namespace(), owner.name());
  }

  @Override
  public void all() {
    allClinics().forEach(controllers::due);
    allServices().forEach(controllers::due);
  }

  @Override
  public void over(Duration span) {
    allClinics().forEach(clinic -> later(clinic, clinic.getMetadata().getName(), span));
    allServices().forEach(service -> later(service, service.getSpec().clinicRef().name(), span));
  }

  private void later(HasMetadata object, String clinic, Duration span) {
    long millis = Math.floorMod(clinic.hashCode(), Math.max(1, span.toMillis()));
    at(object, world.now().plusMillis(millis));
  }

  @Override
  public void notProgrammed(Predicate<Owner> some) {
    allClinics()
        .filter(clinic -> some.test(Owner.of(clinic)))
        .filter(clinic -> fails(clinic, ConditionType.Programmed))
        .forEach(controllers::due);
    allServices()
        .filter(service -> some.test(Owner.of(service)))
        .filter(service -> fails(service, ConditionType.Programmed))
        .forEach(controllers::due);
  }

  @Override
  public void refused() {
    for (Duration wait : AGAIN) {
      Instant when = world.now().plus(wait);
      allClinics().filter(clinic -> isRefused(clinic)).forEach(clinic -> at(clinic, when));
      allServices().filter(service -> isRefused(service)).forEach(service -> at(service, when));
    }
  }

  /** Requeues the object that gets names from this one. */
  void handedOver(HasMetadata holder) {
    if (Annotations.get(holder, Annotations.HAND_OVER_TO).isPresent()) {
      throw new IllegalStateException("hand-overs are not simulated");
    }
  }

  private void at(HasMetadata object, Instant when) {
    work.at(
        new Work.Item(
            object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName()),
        when);
  }

  private static boolean isRefused(HasMetadata object) {
    return fails(object, ConditionType.Accepted)
        || Conditions.says(Conditions.of(object), ConditionType.Programmed, Reason.WaitingForName);
  }

  private static boolean fails(HasMetadata object, ConditionType type) {
    return Conditions.find(Conditions.of(object), type)
        .filter(condition -> condition.status() == ConditionStatus.False)
        .isPresent();
  }
}
