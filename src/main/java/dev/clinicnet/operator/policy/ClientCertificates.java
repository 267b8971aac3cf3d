package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Map;

/**
 * Which client certificates an https endpoint asks for.
 *
 * @param authorities certificates of the authorities, each one PEM block
 * @param strategy how ngrok treats a client's certificate (documented): require-and-verify,
 *     require-any or request
 */
public record ClientCertificates(List<String> authorities, String strategy) {

  public ClientCertificates {
    authorities = List.copyOf(authorities);
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("mutualTLS: there is no certificate to trust");
    }
    authorities.forEach(Cel::refuseInterpolation);
  }

  Action action() {
    return new Action(
        "terminate-tls",
        Map.of(
            "mutual_tls_certificate_authorities",
            authorities,
            "mutual_tls_verification_strategy",
            strategy));
  }
}
