package dev.clinicnet.operator.api.externaldns;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** The records. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DNSEndpointSpec(List<PublishedRecord> endpoints) {

  public DNSEndpointSpec {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
  }
}
