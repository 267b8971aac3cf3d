package dev.clinicnet.operator.run;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.run.OperatorOptions.LeaseOptions;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;

/** Lets a write pass only while the Lease says that this process leads. */
final class LeaseGuard implements WriteGuard {
  private final KubernetesClient client;
  private final LeaseOptions options;
  private final Clock clock;

  LeaseGuard(KubernetesClient client, LeaseOptions options, Clock clock) {
    this.client = client;
    this.options = options;
    this.clock = clock;
  }

  @Override
  public void check() {
    Lease lease;
    try {
      lease = client.leases().inNamespace(options.namespace()).withName(options.name()).get();
    } catch (KubernetesClientException e) {
      throw refusal("the Lease could not be read: " + e.getMessage());
    }
    LeaseSpec spec = lease == null ? null : lease.getSpec();
    if (spec == null || !options.identity().equals(spec.getHolderIdentity())) {
      throw refusal("another process leads");
    }
    Duration valid = Duration.ofSeconds(spec.getLeaseDurationSeconds());
    if (!clock.instant().isBefore(spec.getRenewTime().toInstant().plus(valid))) {
      throw refusal("the Lease has run out");
    }
  }

  private static NgrokException refusal(String why) {
    return new NgrokException(Failure.NOT_LEADING, null, "Nothing is sent: " + why + ".", null);
  }
}
