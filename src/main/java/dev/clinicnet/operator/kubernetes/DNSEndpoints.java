package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import java.util.Optional;

/** The DNSEndpoints of a cluster, by which external-dns is told which records to keep. */
public interface DNSEndpoints {

  /** One, ours or not; from a cache, and not to be changed. */
  Optional<DNSEndpoint> find(String namespace, String name);

  /** Creates or changes one by server-side apply. */
  void apply(DNSEndpoint wanted);

  /** Deletes one. */
  void delete(DNSEndpoint present);
}
