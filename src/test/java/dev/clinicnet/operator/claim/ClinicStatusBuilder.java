package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import java.util.List;

/** The status of a Clinic for a test; of its first generation, and without anything else. */
public final class ClinicStatusBuilder {
  private Long observedGeneration = 1L;
  private List<Condition> conditions;
  private List<DomainStatus> domains;
  private ServiceUserStatus serviceUser;
  private AuthtokenStatus authtoken;
  private SiteKitStatus siteKit;
  private List<AgentStatus> agents;
  private ServicesStatus services;
  private AgentAPIStatus agentAPI;
  private String quarantinedSince;

  private ClinicStatusBuilder() {}

  public static ClinicStatusBuilder clinicStatus() {
    return new ClinicStatusBuilder();
  }

  public ClinicStatusBuilder observedGeneration(Long value) {
    observedGeneration = value;
    return this;
  }

  public ClinicStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  public ClinicStatusBuilder domains(List<DomainStatus> value) {
    domains = value;
    return this;
  }

  public ClinicStatusBuilder serviceUser(ServiceUserStatus value) {
    serviceUser = value;
    return this;
  }

  public ClinicStatusBuilder authtoken(AuthtokenStatus value) {
    authtoken = value;
    return this;
  }

  public ClinicStatusBuilder siteKit(SiteKitStatus value) {
    siteKit = value;
    return this;
  }

  public ClinicStatusBuilder agents(List<AgentStatus> value) {
    agents = value;
    return this;
  }

  public ClinicStatusBuilder services(ServicesStatus value) {
    services = value;
    return this;
  }

  public ClinicStatusBuilder agentAPI(AgentAPIStatus value) {
    agentAPI = value;
    return this;
  }

  public ClinicStatusBuilder quarantinedSince(String value) {
    quarantinedSince = value;
    return this;
  }

  public ClinicStatus build() {
    return new ClinicStatus(
        observedGeneration,
        conditions,
        domains,
        serviceUser,
        authtoken,
        siteKit,
        agents,
        services,
        null,
        agentAPI,
        quarantinedSince,
        null,
        null,
        null,
        null);
  }
}
