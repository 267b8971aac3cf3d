package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A public TLS endpoint, encrypted from the client to the site: ngrok cannot read it. A null {@code
 * agentTermination} passes TLS through to the upstream.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TLSExposure(
    @JsonPropertyDescription(
            "The public host, for example db-clinic1.api.clinicnet.com; clients connect to port"
                + " 443 and name the host (SNI). It must be one of the Clinic's spec.domains, or"
                + " exactly one label below a wildcard among them, and no other service may hold"
                + " it.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.HOST + "$')",
            messageExpression =
                Syntax.IF_LETTERS
                    + Syntax.PUNYCODE
                    + Syntax.ELSE
                    + Syntax.HOST_MESSAGE
                    + "db-clinic1.api.clinicnet.com"
                    + Syntax.END,
            message = Syntax.HOST_MESSAGE + "db-clinic1.api.clinicnet.com")
        @ValidationRule(
            value = "!self.endsWith('.internal')",
            message =
                "must be a public host: for an internal name set spec.internalURL and leave"
                    + " spec.expose out")
        String host,
    @JsonPropertyDescription(
            "The site's agent ends TLS with your own certificate, for an upstream that cannot"
                + " do this itself. It needs an agent of version 3.24 or later. Absent: TLS passes"
                + " through, and the upstream ends it.")
        AgentTermination agentTermination) {}
