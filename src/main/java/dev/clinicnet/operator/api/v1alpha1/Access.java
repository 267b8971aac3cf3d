package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** Who may reach the public endpoint. Both lists empty: any address. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Access(List<String> allowCIDRs, List<String> denyCIDRs) {

  static final Access ANYBODY = new Access(null, null);

  public Access {
    allowCIDRs = allowCIDRs == null ? List.of() : List.copyOf(allowCIDRs);
    denyCIDRs = denyCIDRs == null ? List.of() : List.copyOf(denyCIDRs);
  }
}
