package dev.clinicnet.operator.it.drift;

import dev.clinicnet.testkit.Site;

/**
 * A site with every kind of remote object: those of {@link Site}, the endpoint for the agent's API,
 * and a login whose client secret is in the vault.
 */
public final class DriftSite {
  public static final String API = "https://one.api.example.com";
  public static final String AGENT_API = "https://agent-one.api.example.com";
  public static final String OWN_DOMAIN = "one.example.org";
  static final String VAULT_SECRET_SERVICE = "one-login";

  private DriftSite() {}

  /** All manifests, with further lines of the Clinic's spec. */
  public static String all(String... spec) {
    return String.join(
        "---\n", clinic(spec), Site.api("one"), Site.web("one"), Site.db("one"), login());
  }

  /** The Clinic, with further lines of its spec. */
  static String clinic(String... spec) {
    return Site.clinic(
        "one", "agent: {api: {host: agent-one.api.example.com}}", String.join("\n  ", spec));
  }

  private static String login() {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: google-client, labels: {clinicnet.dev/referenced: "true"}}
        data: {secret: bm90LWEtc2VjcmV0LXRoYXQtaXMtcmVhbA==}
        ---
        """
        + Site.https(
            VAULT_SECRET_SERVICE,
            "one",
            "login-one.api.example.com",
            "access: {oauth: {provider: google, clientID: a-client, clientSecretRef: {name:"
                + " google-client, key: secret}, allowedEmailDomains: [example.org]}}");
  }
}
