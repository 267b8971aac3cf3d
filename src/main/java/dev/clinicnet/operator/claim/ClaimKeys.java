package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The keys of the indexes of manifests, by which rivals for a name are found without a scan. */
public final class ClaimKeys {
  private ClaimKeys() {}

  /** Every key of a Clinic. */
  public static List<String> of(Clinic clinic) {
    List<String> keys = new ArrayList<>();
    keys.add(namespace(clinic.getMetadata().getNamespace()));
    DomainNames.suffixes(ClinicNames.internalDomain(clinic))
        .forEach(suffix -> keys.add(internal(suffix)));
    clinic
        .getSpec()
        .domains()
        .forEach(
            domain -> {
              if (domain.shared()) {
                DomainNames.suffixes(domain.name()).forEach(suffix -> keys.add(shared(suffix)));
              } else {
                DomainNames.suffixes(domain.name()).forEach(suffix -> keys.add(exclusive(suffix)));
              }
            });
    if (clinic.getSpec().agent().api() != null) {
      keys.add(host(clinic.getSpec().agent().api().host()));
    }
    HeldIDs.of(clinic).forEach(id -> keys.add(held(id)));
    return keys;
  }

  /** The keys under which all rivals of a Clinic are found. Other Clinics may be found too. */
  public static Set<String> contestedBy(Clinic clinic) {
    Set<String> keys = new LinkedHashSet<>();
    DomainNames.suffixes(ClinicNames.internalDomain(clinic))
        .forEach(suffix -> keys.add(internal(suffix)));
    for (ClinicDomain domain : clinic.getSpec().domains()) {
      DomainNames.suffixes(domain.name()).forEach(suffix -> keys.add(exclusive(suffix)));
      if (!domain.shared()) {
        keys.add(shared(DomainNames.base(domain.name())));
        keys.add(host(domain.name()));
      }
    }
    if (clinic.getSpec().agent().api() != null) {
      keys.add(host(clinic.getSpec().agent().api().host()));
    }
    return keys;
  }

  /** Every key of a ClinicService. */
  public static List<String> of(ClinicService service) {
    List<String> keys = new ArrayList<>();
    keys.add(namespace(service.getMetadata().getNamespace()));
    keys.add(clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name()));
    ServiceNames.publicHost(service).ifPresent(host -> keys.add(host(host)));
    ServiceNames.addresses(service).forEach(address -> keys.add(address(address)));
    HeldIDs.of(service).forEach(id -> keys.add(held(id)));
    return keys;
  }

  /** Every key of a ClinicSession. */
  public static List<String> of(ClinicSession session) {
    return List.of(
        service(session.getMetadata().getNamespace(), session.getSpec().serviceRef().name()));
  }

  /**
   * The key for Clinics whose internal domain has this suffix. Nested domains share at least one
   * key.
   */
  public static String internal(String suffix) {
    return "internal=" + suffix;
  }

  /** The key for Clinics with an exclusive domain that has this suffix. */
  public static String exclusive(String suffix) {
    return "exclusive=" + suffix;
  }

  /** The key for Clinics with a shared domain that has this suffix. */
  public static String shared(String suffix) {
    return "shared=" + suffix;
  }

  /** The key for objects that ask for a public host. */
  public static String host(String host) {
    return "host=" + host;
  }

  /** The key for services that ask for a TCP address, or have it. */
  public static String address(String address) {
    return "address=" + address;
  }

  /** The key for objects whose status names an object at ngrok by its id. */
  public static String held(String id) {
    return "held=" + id;
  }

  /** The key for all objects of a namespace. */
  public static String namespace(String name) {
    return "namespace=" + name;
  }

  /** The key for the sessions of a service. */
  public static String service(String namespace, String name) {
    return "service=" + namespace + "/" + name;
  }

  /** The key for the services of a Clinic. */
  public static String clinic(String namespace, String name) {
    return "clinic=" + namespace + "/" + name;
  }
}
