package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ServerCertificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How the agent ends TLS for an endpoint.
 *
 * @param clientCAs who must have signed a client's certificate; null when clients need none
 */
public record TLSTermination(ServerCertificate server, CertificateBundle clientCAs) {

  public TLSTermination {
    Objects.requireNonNull(server, "server");
  }

  /** When the first of its certificates expires. */
  public Instant earliestExpiry() {
    Instant expiry = server.chain().earliestExpiry();
    return clientCAs == null || expiry.isBefore(clientCAs.earliestExpiry())
        ? expiry
        : clientCAs.earliestExpiry();
  }

  /** What stands in the file, the private key included. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("server_certificate", server.chain().pem());
    tree.put("server_private_key", server.privateKey().reveal());
    if (clientCAs != null) {
      tree.put("mutual_tls_certificate_authorities", clientCAs.pems());
    }
    return tree;
  }

  /** What tells it from others without a secret: a certificate stands for its key. */
  Map<String, Object> publicTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("server_certificate", server.chain().fingerprint());
    if (clientCAs != null) {
      tree.put("mutual_tls_certificate_authorities", clientCAs.fingerprint());
    }
    return tree;
  }
}
