package dev.clinicnet.operator.cli.siteaccess;

import dev.clinicnet.operator.controller.KubernetesAccess;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;

/**
 * A token of a site's ServiceAccount.
 *
 * @param expires when it stops working, which the API server decides
 */
record IssuedToken(String token, Instant expires) {

  /**
   * Asks the API server for a token.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when it issues none
   */
  static IssuedToken request(KubernetesClient client, SiteAccess access, Duration lifetime) {
    TokenRequestStatus status =
        client
            .serviceAccounts()
            .inNamespace(access.namespace())
            .withName(access.account())
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(lifetime.toSeconds())
                    .endSpec()
                    .build())
            .getStatus();
    return new IssuedToken(status.getToken(), Instant.parse(status.getExpirationTimestamp()));
  }

  /**
   * What the token may do in a namespace, as the API server says to the token itself.
   *
   * @param cluster where the API server is; its identity is not used
   */
  Rights rights(Config cluster, String namespace) {
    Config own =
        new ConfigBuilder(cluster)
            .withClientCertFile(null)
            .withClientCertData(null)
            .withClientKeyFile(null)
            .withClientKeyData(null)
            .withUsername(null)
            .withPassword(null)
            .withOauthTokenProvider(null)
            .withAutoOAuthToken(null)
            .withImpersonateUsername(null)
            .withImpersonateGroups()
            .withOauthToken(token)
            .build();
    try (KubernetesClient client = KubernetesAccess.impatientClient(own)) {
      return new Rights(
          client
              .authorization()
              .v1()
              .selfSubjectRulesReview()
              .create(
                  new SelfSubjectRulesReviewBuilder()
                      .withNewSpec()
                      .withNamespace(namespace)
                      .endSpec()
                      .build())
              .getStatus()
              .getResourceRules());
    }
  }

  @Override
  public String toString() {
    return "IssuedToken[token=***, expires=" + expires + "]";
  }
}
