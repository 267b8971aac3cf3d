package dev.clinicnet.testkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The admin's kubeconfig, with the token of an account in place of the admin's certificate. */
public final class TokenKubeconfig {
  private TokenKubeconfig() {}

  /**
   * Writes it.
   *
   * @param admin a client of the admin, whose authority it keeps
   * @param server the URL of the API server, or of something before it
   */
  public static Path write(Path file, KubernetesClient admin, URI server, String token)
      throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: real, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: operator, user: {token: "%s"}}]
        contexts: [{name: real, context: {cluster: real, user: operator}}]
        current-context: real
        """
            .formatted(server, admin.getConfiguration().getCaCertFile(), token));
  }
}
