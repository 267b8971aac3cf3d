package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Traffic policy rules written by hand, in ngrok's own words, by the phase in which they run. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyRules(
    @JsonProperty("on_tcp_connect")
        @JsonPropertyDescription("Rules that run when a client connects. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onTCPConnect,
    @JsonProperty("on_http_request")
        @JsonPropertyDescription(
            "Rules that run on each request; of spec.expose.https only. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onHTTPRequest,
    @JsonProperty("on_http_response")
        @JsonPropertyDescription(
            "Rules that run on each answer; of spec.expose.https only. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onHTTPResponse) {}
