package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.certificate.PrivateKeyText;
import dev.clinicnet.operator.ngrok.Token;
import java.util.List;
import java.util.Map;

/**
 * An {@code ngrok.yml} as the agent understands it: the values that matter to us. Null and empty
 * mean that the file does not say.
 *
 * @param proxy the proxy, with its password; null for none
 * @param webAddr null also when the file turns the agent's API off, which {@code webAddrOff} tells
 */
public record ParsedConfig(
    Token authtoken,
    String connectURL,
    AgentProxy proxy,
    String metadata,
    String webAddr,
    boolean webAddrOff,
    List<String> webAllowHosts,
    List<ParsedEndpoint> endpoints) {

  public ParsedConfig {
    webAllowHosts = List.copyOf(webAllowHosts);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * One entry of {@code endpoints}.
   *
   * @param trafficPolicy the policy as a tree; null for none
   * @param termination how the agent ends TLS; null when it does not
   */
  public record ParsedEndpoint(
      String name,
      String url,
      String upstreamURL,
      String upstreamProtocol,
      boolean poolingEnabled,
      Map<String, Object> trafficPolicy,
      ParsedTermination termination) {

    /** A traffic policy can hold passwords. */
    @Override
    public String toString() {
      return "ParsedEndpoint[name=" + name + ", url=" + url + "]";
    }
  }

  /** The {@code agent_tls_termination} of an endpoint: PEM text, or paths of files that hold it. */
  public record ParsedTermination(
      String serverCertificate, PrivateKeyText serverPrivateKey, List<String> clientCAs) {

    public ParsedTermination {
      clientCAs = List.copyOf(clientCAs);
    }
  }
}
