package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * Traffic policy rules written by hand, in ngrok's own format, by the phase in which they run. Old
 * names of phases are members too. Otherwise the API server would drop them as unknown, with no
 * message to some clients, and the rules would be missing.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.inbound)",
    fieldPath = ".inbound",
    message =
        "is the old name of a phase, which ngrok has given up: write on_http_request, or"
            + " on_tcp_connect for rules on connections")
@ValidationRule(
    value = "!has(self.outbound)",
    fieldPath = ".outbound",
    message = "is the old name of a phase, which ngrok has given up: write on_http_response")
public record PolicyRules(
    @JsonProperty("on_tcp_connect")
        @JsonPropertyDescription("Rules that run when a client connects. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onTCPConnect,
    @JsonProperty("on_http_request")
        @JsonPropertyDescription(
            "Rules that run on each request; only with spec.expose.https. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onHTTPRequest,
    @JsonProperty("on_http_response")
        @JsonPropertyDescription(
            "Rules that run on each response; only with spec.expose.https. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onHTTPResponse,
    @JsonProperty("on_event_stream_message")
        @JsonPropertyDescription(
            "Rules that run on each message of a streamed response; only with"
                + " spec.expose.https. At most 32.")
        @Size(max = 32)
        List<PolicyRule> onEventStreamMessage,
    @JsonPropertyDescription("The old name of on_http_request. Always refused.")
        @PreserveUnknownFields
        List<Map<String, Object>> inbound,
    @JsonPropertyDescription("The old name of on_http_response. Always refused.")
        @PreserveUnknownFields
        List<Map<String, Object>> outbound) {}
