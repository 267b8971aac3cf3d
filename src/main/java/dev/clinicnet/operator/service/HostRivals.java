package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.GrantedNames;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The objects that may contest a public host. */
final class HostRivals {
  private HostRivals() {}

  /** The Clinics that ask for a host, or hold a domain around it exclusively. */
  static Collection<Clinic> clinicsAround(String host, Cluster cluster, GrantedNames names) {
    Map<String, Clinic> clinics = new LinkedHashMap<>();
    cluster
        .clinicsBy(ClaimKeys.host(host))
        .forEach(clinic -> clinics.put(ClinicNames.path(clinic), clinic));
    for (String suffix : DomainNames.suffixes(host)) {
      cluster
          .clinicsBy(ClaimKeys.exclusive(suffix))
          .forEach(clinic -> clinics.put(ClinicNames.path(clinic), clinic));
    }
    return clinics.values().stream().flatMap(clinic -> names.rival(clinic).stream()).toList();
  }

  /** The services that ask for a host. */
  static Collection<ClinicService> servicesAt(String host, Cluster cluster, GrantedNames names) {
    return cluster.servicesBy(ClaimKeys.host(host)).stream().filter(names::contends).toList();
  }
}
