package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Who may reach the public endpoint. Both lists empty: any address. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Access(
    @JsonPropertyDescription(
            "The networks that may connect, in CIDR notation, IPv4 or IPv6: 203.0.113.0/24; one"
                + " address is 198.51.100.7/32. With an allow list everybody else is refused,"
                + " IPv6 too unless it is listed. At most 64. The list is atomic: one manager owns"
                + " all of it, so that no other can widen it unseen. Absent or empty: every"
                + " address that denyCIDRs does not name.")
        @Size(max = 64)
        @ItemRule(value = Access.CIDR, message = Access.CIDR_MESSAGE)
        List<@Size(max = 43) String> allowCIDRs,
    @JsonPropertyDescription(
            "The networks that may not connect, in the same notation, also where allowCIDRs covers"
                + " them. At most 64. The list is atomic: one manager owns all of it, so that no"
                + " other can widen it unseen. Absent or empty: none.")
        @Size(max = 64)
        @ItemRule(value = Access.CIDR, message = Access.CIDR_MESSAGE)
        List<@Size(max = 43) String> denyCIDRs) {

  static final Access ANYBODY = new Access(null, null);

  private static final String CIDR =
      "self.matches(r'^(" + Syntax.CIDR4 + "|" + Syntax.CIDR6 + ")$')";

  private static final String CIDR_MESSAGE =
      "must be an IPv4 or IPv6 network in CIDR notation: write for example 203.0.113.0/24, or /32"
          + " (IPv6: /128) for one address";

  public Access {
    allowCIDRs = allowCIDRs == null ? List.of() : List.copyOf(allowCIDRs);
    denyCIDRs = denyCIDRs == null ? List.of() : List.copyOf(denyCIDRs);
  }
}
