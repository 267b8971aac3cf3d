package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The agent's own API as an internal endpoint; {@code host} is the public name kept for it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentAPI(
    @JsonPropertyDescription(
            "The public host of the agent's API, for example agent-clinic1.api.clinicnet.com."
                + " It must be one of spec.domains, or exactly one label below a wildcard among"
                + " them.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.HOST + "$')",
            messageExpression =
                Syntax.IF_LETTERS
                    + Syntax.PUNYCODE
                    + Syntax.ELSE
                    + Syntax.HOST_MESSAGE
                    + "agent-clinic1.api.clinicnet.com"
                    + Syntax.END,
            message = Syntax.HOST_MESSAGE + "agent-clinic1.api.clinicnet.com")
        String host,
    @JsonPropertyDescription(
            "The networks from which the operator reaches it, in CIDR notation, such as the"
                + " outgoing address of your cluster. The endpoint always requires the operator's"
                + " certificate. At most 64. Absent or empty: every address.")
        @Size(max = 64)
        @ItemRule(value = Access.CIDR, message = Access.CIDR_MESSAGE)
        List<@Size(max = 43) String> allowCIDRs) {

  public AgentAPI {
    allowCIDRs = allowCIDRs == null ? List.of() : List.copyOf(allowCIDRs);
  }
}
