package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Whole;
import io.fabric8.generator.annotation.ValidationRule;

/** How a service is reached from outside: exactly one of its members is set. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "(has(self.https) ? 1 : 0) + (has(self.tcp) ? 1 : 0) + (has(self.tls) ? 1 : 0) == 1",
    message =
        "must have exactly one of https, tcp and tls: choose one; for a service without a public"
            + " endpoint leave spec.expose out")
public record Expose(
    @JsonPropertyDescription(
            "A public HTTPS endpoint. The internal endpoint must be http or https. Absent: none.")
        HTTPSExposure https,
    @JsonPropertyDescription(
            "A public TCP endpoint. The internal endpoint must be tcp. 'tcp: {}' reserves an"
                + " address in region us. Absent: none.")
        @Whole
        TCPExposure tcp,
    @JsonPropertyDescription(
            "A public TLS endpoint whose traffic ngrok cannot decrypt. The internal endpoint"
                + " must be tls. Absent: none.")
        TLSExposure tls) {}
