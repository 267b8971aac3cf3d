package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What the operator knows of a Clinic. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicStatus(
    Long observedGeneration,
    List<Condition> conditions,
    List<DomainStatus> domains,
    ServiceUserStatus serviceUser,
    AuthtokenStatus authtoken,
    SiteKitStatus siteKit,
    List<AgentStatus> agents,
    ServicesStatus services,
    List<DNSRecord> dnsRecords) {

  /** The status of a Clinic that nobody has looked at yet. */
  public static final ClinicStatus EMPTY =
      new ClinicStatus(null, null, null, null, null, null, null, null, null);

  public ClinicStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    domains = domains == null ? List.of() : List.copyOf(domains);
    agents = agents == null ? List.of() : List.copyOf(agents);
    dnsRecords = dnsRecords == null ? List.of() : List.copyOf(dnsRecords);
  }
}
