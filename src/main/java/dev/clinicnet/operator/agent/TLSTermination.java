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
 * @param clientCAs the authorities that may sign a client's certificate; null when clients need no
 *     certificate
 */
public record TLSTermination(ServerCertificate server, CertificateBundle clientCAs) {

  public TLSTermination {
    Objects.requireNonNull(server, "server");
  }

  /** The time at which the first of its certificates expires. */
  public Instant earliestExpiry() {
    Instant expiry = server.chain().earliestExpiry();
    return clientCAs == null || expiry.isBefore(clientCAs.earliestExpiry())
        ? expiry
        : clientCAs.earliestExpiry();
  }

  /** The text in the file, with the private key. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("server_certificate", server.chain().pem());
    tree.put("server_private_key", server.privateKey().reveal());
    if (clientCAs != null) {
      tree.put("mutual_tls_certificate_authorities", clientCAs.pems());
    }
    return tree;
  }

  /** A text that identifies this termination without a secret: a certificate represents its key. */
  Map<String, Object> publicTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("server_certificate", server.chain().fingerprint());
    if (clientCAs != null) {
      tree.put("mutual_tls_certificate_authorities", clientCAs.fingerprint());
    }
    return tree;
  }
}
