package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The life of managed certificates: a job, then a certificate. A DNS error keeps the job until the
 * records are corrected. Then it takes the certificate delay once more.
 */
final class DomainCertificates {
  private static final Duration RENEWAL = Duration.ofDays(60);
  private static final Duration RETRY = Duration.ofHours(1);

  private final Account account;
  private final TlsCertificates uploads;
  private final CertificateIssuer issuer;
  private final Map<String, Instant> jobs = new HashMap<>();
  private final Map<String, Instant> renewals = new HashMap<>();
  private final Map<String, DnsError> errors = new HashMap<>();

  DomainCertificates(Account account, TlsCertificates uploads, CertificateIssuer issuer) {
    this.account = account;
    this.uploads = uploads;
    this.issuer = issuer;
  }

  /** Starts the job of a domain that has a management policy. */
  void started(Row domain) {
    jobs.put(domain.id(), account.now());
  }

  /** The state of the DNS records of a name, also before it is reserved; null for a correct one. */
  void dns(String domain, DnsError error, Table domains) {
    if (error == null) {
      errors.remove(domain);
    } else {
      errors.put(domain, error);
    }
    for (Row row : domains.all()) {
      if (row.text("domain").equals(domain) && jobs.containsKey(row.id())) {
        jobs.put(row.id(), account.now());
      }
    }
  }

  void advance(Row domain) {
    Instant start = jobs.get(domain.id());
    if (start == null || errors.containsKey(domain.text("domain"))) {
      return;
    }
    Instant due = start.plus(account.options().certificateDelay());
    if (!due.isAfter(account.now())) {
      jobs.remove(domain.id());
      renewals.put(domain.id(), due.plus(RENEWAL));
      String name = domain.text("domain");
      String keyType = domain.fields().path("policy").path("private_key_type").asText();
      Instant now = account.now();
      domain
          .fields()
          .put("certificate_id", uploads.issued(() -> issuer.server(name, keyType, now)));
    }
  }

  /** The member {@code certificate_management_status}; null without a policy. */
  ObjectNode status(Row domain) {
    if (!domain.fields().has("policy")) {
      return null;
    }
    ObjectNode status = Json.object();
    Instant renewal = renewals.get(domain.id());
    status.put("renews_at", renewal == null ? null : Json.time(renewal));
    Instant start = jobs.get(domain.id());
    if (start == null) {
      status.putNull("provisioning_job");
      return status;
    }
    DnsError error = errors.get(domain.text("domain"));
    ObjectNode job = status.putObject("provisioning_job");
    job.put("error_code", error == null ? null : error.code());
    job.put("msg", error == null ? "Managed certificate provisioning in progress." : error.msg());
    job.put("started_at", Json.time(start));
    job.put("retries_at", error == null ? null : Json.time(start.plus(RETRY)));
    return status;
  }

  /** Restores what {@link #status} has shown. */
  void restore(Row domain, JsonNode status) {
    if (status.hasNonNull("renews_at")) {
      renewals.put(domain.id(), Instant.parse(status.get("renews_at").asText()));
    }
    JsonNode job = status.path("provisioning_job");
    if (job.hasNonNull("started_at")) {
      jobs.put(domain.id(), Instant.parse(job.get("started_at").asText()));
    }
    if (job.hasNonNull("error_code")) {
      errors.put(
          domain.text("domain"),
          new DnsError(job.get("error_code").asText(), job.path("msg").asText()));
    }
  }

  void forget(Row domain) {
    jobs.remove(domain.id());
    renewals.remove(domain.id());
  }

  void reset() {
    jobs.clear();
    renewals.clear();
    errors.clear();
  }
}
