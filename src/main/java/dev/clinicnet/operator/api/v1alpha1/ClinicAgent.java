package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.MayBeEmptied;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How the site's agent connects, and what it gets. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.api) || !has(self.redundant) || !self.redundant",
    fieldPath = ".api",
    message =
        "cannot be used with spec.agent.redundant: true, because a pool would send what starts an"
            + " endpoint and what stops it to different agents: remove one of them")
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
        AgentAPI api) {

  private static final String CONNECT_MESSAGE =
      "must be a lower-case host and a port from 1 to 65535, without scheme or path: write for"
          + " example connect.acme.com:443";

  static final ClinicAgent DEFAULT = new ClinicAgent(null, false, null, null, null);

  public ClinicAgent {
    authtoken = authtoken == null ? Authtoken.DEFAULT : authtoken;
  }
}
