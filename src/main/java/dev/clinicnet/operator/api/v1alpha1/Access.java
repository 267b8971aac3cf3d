package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Who may reach the public endpoint. A request must pass everything that is set. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "[has(self.oauth), has(self.oidc), has(self.jwt), has(self.basicAuth)]"
            + ".filter(set, set).size() <= 1",
    message =
        "must have at most one of oauth, oidc, jwt and basicAuth, because ngrok takes one"
            + " authentication for an endpoint: choose one")
public record Access(
    @JsonPropertyDescription(
            "The networks that may connect, in CIDR notation, IPv4 or IPv6: 203.0.113.0/24;"
                + " one address is 198.51.100.7/32. With an allow list, all other clients are"
                + " refused, also over IPv6. At most 64. The list is atomic: one field manager owns"
                + " the whole list, so that no other can add an entry unnoticed. Absent or empty:"
                + " every address that denyCIDRs does not name.")
        @Size(max = 64)
        @ItemRule(value = Access.CIDR, message = Access.CIDR_MESSAGE)
        List<@Size(max = 43) String> allowCIDRs,
    @JsonPropertyDescription(
            "The networks that may not connect, in the same notation, even if allowCIDRs"
                + " contains them. At most 64. The list is atomic: one field manager owns the whole"
                + " list, so that no other can add an entry unnoticed. Absent or empty: none.")
        @Size(max = 64)
        @ItemRule(value = Access.CIDR, message = Access.CIDR_MESSAGE)
        List<@Size(max = 43) String> denyCIDRs,
    @JsonPropertyDescription(
            "IP policies of the ngrok account, by id, for example ipp_2Kx... What they allow"
                + " and deny is added to allowCIDRs and denyCIDRs. Many services can use one IP"
                + " policy. At most 16. Absent or empty: none.")
        @Size(max = 16)
        @ItemRule(
            value = "self.matches(r'^ipp_[A-Za-z0-9]+$')",
            message = "must be the id of an IP policy at ngrok: write ipp_ and what follows it")
        List<@Size(max = 64) String> ipPolicyIDs,
    @JsonPropertyDescription(
            "Client certificates; only with spec.expose.https. Absent: clients need no"
                + " certificate.")
        MutualTLS mutualTLS,
    @JsonPropertyDescription(
            "How many requests the endpoint admits; only with spec.expose.https. Absent:"
                + " there is no limit.")
        RateLimit rateLimit,
    @JsonPropertyDescription(
            "A login with an OAuth provider; only with spec.expose.https. Absent: none.")
        OAuth oauth,
    @JsonPropertyDescription(
            "A login with an OpenID provider; only with spec.expose.https. Absent: none.")
        OIDC oidc,
    @JsonPropertyDescription(
            "A signed token on each request; only with spec.expose.https. Absent: none.")
        JWT jwt,
    @JsonPropertyDescription("User names and passwords; only with spec.expose.https. Absent: none.")
        BasicAuth basicAuth) {

  /** Whether a field of an exposed service's access is set that looks at requests. */
  static final String NEEDS_HTTPS =
      "has(self.access.mutualTLS) || has(self.access.rateLimit) ||"
          + " has(self.access.oauth) || has(self.access.oidc) || has(self.access.jwt) ||"
          + " has(self.access.basicAuth)";

  /** The other fields. */
  static final String WITHOUT_HTTPS = "allowCIDRs, denyCIDRs and ipPolicyIDs";

  static final Access ANYBODY = new Access(null, null, null, null, null, null, null, null, null);

  static final String NO_TEMPLATE = "!self.contains('${')";

  static final String NO_TEMPLATE_MESSAGE =
      "must not hold '${', which ngrok would evaluate: write the value out";

  static final String SCOPE = "self.matches(r'^[-a-zA-Z0-9_.:/]+$')";

  static final String SCOPE_MESSAGE = "must be one scope without blanks: write for example email";

  static final String EMAIL_DOMAIN = "self.matches(r'^" + Syntax.HOST + "$')";

  static final String EMAIL_DOMAIN_MESSAGE =
      "must be the lower-case part of an e-mail address after '@': write for example clinicnet.com";

  static final String EMAIL = "self.matches(r'^[-a-z0-9.!#%&*+/=?^_~]+@" + Syntax.HOST + "$')";

  static final String EMAIL_MESSAGE =
      "must be a lower-case e-mail address: write for example ann@clinicnet.com";

  static final String HTTPS_URL =
      "self.matches(r'^https://" + Syntax.HOST + "(:" + Syntax.PORT + ")?(/[-a-zA-Z0-9/._~%]*)?$')";

  static final String HTTPS_URL_MESSAGE =
      "must be an https URL of a host name, without query or fragment: write for example"
          + " https://login.clinicnet.com/realms/staff";

  static final String PUBLIC_URL = "!self.matches(r'^https://[^/:]*\\.internal(:|/|$)')";

  static final String PUBLIC_URL_MESSAGE =
      "must not be a URL of a host under '.internal', from which ngrok cannot fetch: write the host"
          + " that the internet knows";

  static final String CIDR = "self.matches(r'^(" + Syntax.CIDR4 + "|" + Syntax.CIDR6 + ")$')";

  static final String CIDR_MESSAGE =
      "must be an IPv4 or IPv6 network in CIDR notation: write for example 203.0.113.0/24, or /32"
          + " (IPv6: /128) for one address";

  static final String EMAIL_DOMAIN_WORDS =
      Syntax.IF_LETTERS + Syntax.PUNYCODE + Syntax.ELSE + EMAIL_DOMAIN_MESSAGE + Syntax.END;

  static final String EMAIL_WORDS =
      Syntax.IF_LETTERS_AFTER_AT + Syntax.PUNYCODE + Syntax.ELSE + EMAIL_MESSAGE + Syntax.END;

  static final String HTTPS_URL_WORDS =
      Syntax.IF_LETTERS + Syntax.PUNYCODE + Syntax.ELSE + HTTPS_URL_MESSAGE + Syntax.END;

  public Access {
    allowCIDRs = allowCIDRs == null ? List.of() : List.copyOf(allowCIDRs);
    denyCIDRs = denyCIDRs == null ? List.of() : List.copyOf(denyCIDRs);
    ipPolicyIDs = ipPolicyIDs == null ? List.of() : List.copyOf(ipPolicyIDs);
  }
}
