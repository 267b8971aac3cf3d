package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The target of the agent, as the agent's host reaches it: an http, https, tcp or tls URL. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!self.url.matches(r'^(http|https|tcp|tls)://') || !has(self.protocol)"
            + " || self.url.matches(r'^https?://')",
    fieldPath = ".protocol",
    message = "is for http and https upstreams only: remove it, or correct spec.upstream.url")
public record Upstream(
    @JsonPropertyDescription(
            "Where the service listens, as seen from the agent's machine: http, https, tcp or"
                + " tls, a host name or address, and a port, for example http://192.168.1.100:8080"
                + " or tcp://192.168.1.101:5432. An http or https URL may leave out the port (80,"
                + " 443). For a tls URL the agent itself opens TLS; if a client's TLS must pass"
                + " through unchanged, write tcp. The URL has no path, query or password: the agent"
                + " forwards the caller's path.")
        @Required
        @Size(max = 267)
        @ValidationRule(
            value =
                "self.matches(r'^(http|https|tcp|tls)://"
                    + Syntax.MACHINE
                    + "(:"
                    + Syntax.PORT
                    + ")?$')",
            messageExpression =
                Syntax.IF_LETTERS + Syntax.PUNYCODE + Syntax.ELSE + Upstream.MESSAGE + Syntax.END,
            message = Upstream.MESSAGE)
        @ValidationRule(
            value = "!self.matches(r'^(tcp|tls)://') || self.matches(r':[0-9]+$')",
            message =
                "needs a port, because the scheme is tcp or tls: write for example"
                    + " tcp://192.168.1.101:5432")
        String url,
    @JsonPropertyDescription(
            "The HTTP version that the agent uses for an http or https upstream. Absent:"
                + " http1.")
        Protocol protocol) {

  /** The HTTP version that the agent speaks to the upstream. */
  public enum Protocol {
    http1,
    http2
  }

  /**
   * Holds for an upstream with a scheme. Without one, a rule on this field alone refuses the
   * manifest.
   */
  static final String HAS_SCHEME = "self.upstream.url.matches(r'^(http|https|tcp|tls)://')";

  private static final String MESSAGE =
      "must be scheme://host:port with the scheme http, https, tcp or tls and a port from 1 to"
          + " 65535, and nothing after it: write for example http://192.168.1.100:8080";
}
