package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import java.util.Optional;

/** The DNSEndpoints of a cluster. They tell external-dns which DNS records to keep. */
public interface DNSEndpoints {

  /** A DNSEndpoint, ours or not. It comes from a cache and must not be changed. */
  Optional<DNSEndpoint> find(String namespace, String name);

  /** Creates or changes a DNSEndpoint by server-side apply. */
  void apply(DNSEndpoint wanted);

  /** Deletes a DNSEndpoint. */
  void delete(DNSEndpoint present);
}
