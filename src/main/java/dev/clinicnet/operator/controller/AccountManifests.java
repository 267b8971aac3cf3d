package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Requeue;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.inventory.Owner;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The manifests that have their things in one account. */
final class AccountManifests implements Requeue {
  private final String account;
  private final Requeues all;

  AccountManifests(String account, Requeues all) {
    this.account = account;
    this.all = all;
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return all.clinic(namespace, name).filter(this::isHere);
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    return all.service(namespace, name).filter(this::isHere);
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return all.clinicsBy(claimKey).stream().filter(this::isHere).toList();
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return all.servicesBy(claimKey).stream().filter(this::isHere).toList();
  }

  @Override
  public Stream<Clinic> allClinics() {
    return all.allClinics().filter(this::isHere);
  }

  @Override
  public Stream<ClinicService> allServices() {
    return all.allServices().filter(this::isHere);
  }

  /** A manifest in another account counts, so that nothing is taken for an orphan by mistake. */
  @Override
  public boolean isPresent(Owner owner) {
    return all.isPresent(owner);
  }

  @Override
  public void owner(Owner owner) {
    all.owner(owner);
  }

  @Override
  public void all() {
    all.all(this::isHere, this::isHere);
  }

  @Override
  public void over(Duration span) {
    all.over(span, this::isHere, this::isHere);
  }

  @Override
  public void notProgrammed(Predicate<Owner> some) {
    all.notProgrammed(
        clinic -> isHere(clinic) && some.test(Owner.of(clinic)),
        service -> isHere(service) && some.test(Owner.of(service)));
  }

  /** A name that is free here may be wanted in another account. */
  @Override
  public void refused() {
    all.refused();
  }

  private boolean isHere(Clinic clinic) {
    return clinic.getSpec().account().equals(account);
  }

  private boolean isHere(ClinicService service) {
    return all.account(service).equals(account);
  }
}
