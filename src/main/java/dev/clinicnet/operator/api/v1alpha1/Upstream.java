package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What the agent forwards to, as the agent's host reaches it: an http, https, tcp or tls URL. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Upstream(String url, UpstreamProtocol protocol) {}
