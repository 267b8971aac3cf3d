package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Holds one DNSEndpoint, as server-side apply would leave it. */
final class OneDNSEndpoint implements DNSEndpoints {
  DNSEndpoint held;
  int writes;
  KubernetesClientException refusal;

  @Override
  public Optional<DNSEndpoint> find(String namespace, String name) {
    return Optional.ofNullable(held);
  }

  @Override
  public void apply(DNSEndpoint wanted) {
    write(wanted);
  }

  @Override
  public void delete(DNSEndpoint present) {
    assertThat(present).isSameAs(held);
    write(null);
  }

  private void write(DNSEndpoint next) {
    if (refusal != null) {
      throw refusal;
    }
    writes++;
    held = next;
  }
}
