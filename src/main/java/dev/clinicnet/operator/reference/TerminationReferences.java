package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.AgentTermination;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.SecretRef;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ServerCertificate;
import dev.clinicnet.operator.kubernetes.Cluster;
import java.time.Instant;

/** The certificates with which an agent ends TLS. */
public final class TerminationReferences {
  private static final String FIELD = "spec.expose.tls.agentTermination";
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String CONSEQUENCE =
      "Until then the site kit keeps the certificate that it has; without one, it has no endpoint"
          + " for this service.";

  private TerminationReferences() {}

  /** The certificates that a service refers to, as they are at a moment. */
  public static Resolved<TLSTermination> resolve(
      ClinicService service, Cluster cluster, Instant now) {
    ReferencedValues values = new ReferencedValues(cluster, service.getMetadata().getNamespace());
    try {
      return References.termination(service)
          .map(wanted -> resolve(wanted, values, now))
          .map(found -> Resolved.to(found, found.earliestExpiry()))
          .orElse(Resolved.nothing());
    } catch (ReferenceProblem e) {
      return Resolved.failed(e.verdict().and(CONSEQUENCE), e.mendsAt());
    }
  }

  private static TLSTermination resolve(
      AgentTermination wanted, ReferencedValues values, Instant now) {
    String field = FIELD + ".certificateSecretRef";
    SecretRef secret = wanted.certificateSecretRef();
    CertificateBundle chain =
        values.secret(
            field, secret, CERTIFICATE, pem -> CertificateBundle.parse(pem).requireValidAt(now));
    ServerCertificate server =
        values.secret(field, secret, KEY, pem -> ServerCertificate.of(chain, pem));
    CertificateBundle clientCAs =
        wanted.clientCARef() == null
            ? null
            : values.value(
                FIELD + ".clientCARef",
                wanted.clientCARef(),
                pem -> CertificateBundle.parse(pem).requireCAs().requireValidAt(now));
    return new TLSTermination(server, clientCAs);
  }
}
