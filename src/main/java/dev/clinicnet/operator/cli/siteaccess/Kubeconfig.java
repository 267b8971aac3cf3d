package dev.clinicnet.operator.cli.siteaccess;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;

/**
 * The file with which a site reads its site kit. It holds a token.
 *
 * @param server the URL of the API server, as the site reaches it
 * @param authority the authorities of the server's certificate, as PEM in base64; null for those
 *     that the machine trusts anyway
 * @param expires when the token stops working
 */
record Kubeconfig(
    SiteAccess access, String server, String authority, String token, Instant expires) {
  private static final String CLUSTER = "cluster";
  private static final String CONTEXT = "site";

  /** The comments are also for the scripts at the site, which read the first two. */
  String text() {
    return """
        # secret: %s
        # expires: %s
        # With this file a site reads the site kit of Clinic %s/%s, and nothing else. Keep it secret.
        # Renew it before it expires: clinic-operator site-access %s --namespace %s
        # Revoke it: kubectl delete serviceaccount %s --namespace %s
        %s"""
        .formatted(
            access.secret(),
            expires,
            access.namespace(),
            access.clinic(),
            access.clinic(),
            access.namespace(),
            access.account(),
            access.namespace(),
            yaml());
  }

  private String yaml() {
    return Serialization.asYaml(
            new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName(CLUSTER)
                .withNewCluster()
                .withServer(server)
                .withCertificateAuthorityData(authority)
                .endCluster()
                .endCluster()
                .addNewContext()
                .withName(CONTEXT)
                .withNewContext()
                .withCluster(CLUSTER)
                .withNamespace(access.namespace())
                .withUser(access.account())
                .endContext()
                .endContext()
                .withCurrentContext(CONTEXT)
                .addNewUser()
                .withName(access.account())
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .build())
        .replaceFirst("^---\\R", "");
  }

  /** A token has the rights of the site. */
  @Override
  public String toString() {
    return "Kubeconfig[access=" + access + ", server=" + server + ", expires=" + expires + "]";
  }
}
