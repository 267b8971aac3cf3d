package dev.clinicnet.operator.ngrok;

import java.util.List;

/**
 * A reserved domain. {@code certificate} is null until one is issued; the targets are null for
 * names under ngrok's own domains.
 */
public record ReservedDomain(
    String id,
    String createdAt,
    String domain,
    String description,
    String metadata,
    String cnameTarget,
    String acmeChallengeCnameTarget,
    Ref certificate,
    CertificateManagementPolicy certificateManagementPolicy,
    CertificateManagementStatus certificateManagementStatus)
    implements RemoteObject {

  @Override
  public String naturalKey() {
    return domain;
  }

  @Override
  public String markText() {
    return metadata;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }

  /** The body of a reservation. */
  public record Create(String domain, String description, String metadata) {}

  /** Null members stay as they are. */
  public record Update(String description, String metadata) implements Changes {}

  /** Who issues the certificate. Null on a domain whose certificate ngrok does not manage. */
  public record CertificateManagementPolicy(String authority, String privateKeyType) {}

  /** The state of the managed certificate. {@code provisioningJob} is null when no job runs. */
  public record CertificateManagementStatus(String renewsAt, ProvisioningJob provisioningJob) {}

  /** {@code errorCode}: {@code DNS_ERROR}, {@code INTERNAL_ERROR}, or null while all is well. */
  public record ProvisioningJob(String errorCode, String msg, String startedAt, String retriesAt) {}
}
