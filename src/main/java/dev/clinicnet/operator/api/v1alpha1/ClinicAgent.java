package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import dev.clinicnet.operator.api.schema.MayBeEmptied;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How the site's agent connects, and what it gets. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.api) || !has(self.redundant) || !self.redundant",
    fieldPath = ".api",
    message =
        "cannot be used with spec.agent.redundant: true, because a pool would send what starts an"
            + " endpoint and what stops it to different agents: remove one of them")
@ValidationRule(
    value =
        "!has(self.proxyPasswordSecretRef) || (has(self.proxyURL) && self.proxyURL.contains('@'))",
    fieldPath = ".proxyPasswordSecretRef",
    message =
        "is the password of the user in proxyURL: write the user before the host, for example"
            + " http://clinic1@proxy.clinic1.lan:3128, or remove this field")
public record ClinicAgent(
    @JsonPropertyDescription(
            "The address to which the agent connects, as host:port, if the ngrok account has"
                + " a custom connect URL (an agent ingress), for example connect.acme.com:443. The"
                + " operator warns when the account has none for this host. Absent: ngrok's own"
                + " address.")
        @Size(max = 259)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.HOST + ":" + Syntax.PORT + "$')",
            messageExpression =
                Syntax.IF_LETTERS
                    + Syntax.PUNYCODE
                    + Syntax.ELSE
                    + ClinicAgent.CONNECT_MESSAGE
                    + Syntax.END,
            message = ClinicAgent.CONNECT_MESSAGE)
        String connectURL,
    @JsonPropertyDescription(
            "true: every internal endpoint has pooling, so that two agents with the same site"
                + " kit can share the work and replace each other. Default: false.")
        @Default("false")
        boolean redundant,
    @JsonPropertyDescription("Where the site kit is written. Absent: <metadata.name>-site-kit.")
        @MayBeEmptied
        SiteKit siteKit,
    @JsonPropertyDescription(
            "When a replaced authtoken is revoked. Absent: after 24 hours, and not while it"
                + " is still in use (WhenUnused).")
        @MayBeEmptied
        Authtoken authtoken,
    @JsonPropertyDescription(
            "The agent's own API (localhost:4040 at the site) as an internal endpoint, for"
                + " services whose sessions are opened through it. Absent: it is switched off.")
        AgentAPI api,
    @JsonPropertyDescription(
            "The proxy of the site's network through which the agent connects, as"
                + " http://host:port or socks5://host:port, with user@ before the host if the proxy"
                + " asks for a login. The agent's service does not use the variable http_proxy."
                + " Absent: the agent connects directly.")
        @Size(max = 400)
        @ValidationRule(
            value =
                "self.matches(r'^(http|socks5)://(([-a-zA-Z0-9._~]|%[0-9a-fA-F]{2})+@)?"
                    + Syntax.MACHINE
                    + ":"
                    + Syntax.PORT
                    + "$')",
            message =
                "must be an http or socks5 URL of a host and a port, with user@ before the host if"
                    + " the proxy asks for a login, and without a password: write for example"
                    + " http://clinic1@proxy.clinic1.lan:3128, and name the password's Secret in"
                    + " proxyPasswordSecretRef")
        String proxyURL,
    @JsonPropertyDescription(
            "Where the password of the proxy's user is. The operator copies it into the site"
                + " kit, and nowhere else. Absent: the proxy asks for no password.")
        KeyRef proxyPasswordSecretRef,
    @JsonPropertyDescription(
            "The authorities that the agent trusts for its connection to ngrok, if a proxy or"
                + " firewall of the site decrypts it: host for those of the machine's operating"
                + " system, or the full path of a PEM file on that machine, such as"
                + " /etc/ngrok/proxy-ca.pem. Absent: only ngrok's own authority.")
        @Size(max = 255)
        @ValidationRule(
            value =
                "self.matches(r'^(host|/[-a-zA-Z0-9._/]+|[a-zA-Z]:[\\\\/][-a-zA-Z0-9._\\\\/]+)$')",
            message =
                "must be the word host, or the full path of a PEM file on the agent's machine,"
                    + " without spaces: write for example /etc/ngrok/proxy-ca.pem or"
                    + " C:\\ProgramData\\ngrok\\proxy-ca.pem")
        String connectCAs,
    @JsonPropertyDescription(
            "The DNS servers that the agent asks for ngrok's addresses, as IPv4 or IPv6"
                + " addresses. At most 8. Absent or empty: those of the machine.")
        @Size(max = 8)
        @ItemRule(
            value = "self.matches(r'^(" + Syntax.IPV4 + "|" + Syntax.IPV6 + ")$')",
            message = "must be an IPv4 or IPv6 address: write for example 192.168.1.1")
        List<@Size(max = 39) String> dnsResolverIPs,
    @JsonPropertyDescription(
            "How often the agent tests its connection to ngrok, from 1s to 60s: 10s. A shorter"
                + " interval keeps a connection open through a firewall that ends idle ones early."
                + " Absent: ngrok's default, 10s.")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.matches(r'^"
                    + Syntax.DURATION
                    + "$') && "
                    + Syntax.READABLE
                    + " && duration(self) >= duration('1s') && duration(self) <= duration('60s')",
            message = "must be from 1s to 60s: write for example 10s")
        String heartbeatInterval) {

  private static final String CONNECT_MESSAGE =
      "must be a lower-case host and a port from 1 to 65535, without scheme or path: write for"
          + " example connect.acme.com:443";

  static final ClinicAgent DEFAULT =
      new ClinicAgent(null, false, null, null, null, null, null, null, null, null);

  public ClinicAgent {
    authtoken = authtoken == null ? Authtoken.DEFAULT : authtoken;
    dnsResolverIPs = dnsResolverIPs == null ? List.of() : List.copyOf(dnsResolverIPs);
  }

  /** The same, with the agent's API switched off. */
  public ClinicAgent withoutAPI() {
    return new ClinicAgent(
        connectURL,
        redundant,
        siteKit,
        authtoken,
        null,
        proxyURL,
        proxyPasswordSecretRef,
        connectCAs,
        dnsResolverIPs,
        heartbeatInterval);
  }
}
