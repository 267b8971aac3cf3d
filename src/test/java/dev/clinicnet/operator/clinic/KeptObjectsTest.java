package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writes that let a retained Clinic go without its objects in Kubernetes. */
class KeptObjectsTest {
  private static final String KIT = "write Secret clinic1-site-kit";

  private final Clinic clinic =
      clinic("clinic1").deletionPolicy(DeletionPolicy.Retain).terminating().build();
  private final OneDNSEndpoint endpoints = new OneDNSEndpoint();
  private final Denying cluster = new Denying();

  @BeforeEach
  void holdSomething() {
    cluster.publishingTo(endpoints);
    cluster.add(SiteKitSecrets.complete(clinic, new SiteKitSecret(null, false), "cr_1", Map.of()));
  }

  @Test
  void eachObjectIsSeparatedByAStep() {
    DNSPublication.of(clinic, cluster)
        .write(clinic, List.of(new DNSRecord("CNAME", "a.com", "b.example.net")), cluster);
    KeptObjects kept = new KeptObjects(clinic, cluster);

    List<Step> bound = kept.bound();

    assertThat(ClinicScene.text(bound)).containsExactly(KIT, "write DNSEndpoint clinic1");
    assertThat(bound).allMatch(step -> kept.separate((Step.Write) step));
    assertThat(kit().getMetadata().getOwnerReferences()).isEmpty();
    assertThat(endpoints.held.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(new KeptObjects(clinic, cluster).bound()).isEmpty();
  }

  @Test
  void nothingIsKeptOfAClinicThatIsNotRetained() {
    Clinic deleted = clinic("clinic1").terminating().build();

    assertThat(new KeptObjects(deleted, cluster).bound()).isEmpty();
  }

  @Test
  void theSecretOfSomebodyElseIsLeft() {
    cluster.add(SiteKitSecrets.orphaned(kit()));

    assertThat(new KeptObjects(clinic, cluster).bound()).isEmpty();
  }

  @Test
  void aSecretThatMayNotBeReadHoldsTheClinic() {
    cluster.denies = true;
    KeptObjects kept = new KeptObjects(clinic, cluster);

    assertThat(ClinicScene.text(kept.bound())).contains(KIT);
    assertThatThrownBy(() -> kept.separate(siteKit()))
        .isInstanceOfSatisfying(
            SiteKitNotWritten.class,
            refused ->
                assertThat(refused.verdict().message())
                    .startsWith("All at ngrok is retained, but the Secret clinic1-site-kit would")
                    .contains("cannot get resource"));
    assertThat(ClinicScene.text(kept.bound())).contains(KIT);
  }

  @Test
  void aMissingRightInATerminatingNamespaceHoldsNothing() {
    cluster.denies = true;
    cluster.terminating = true;
    KeptObjects kept = new KeptObjects(clinic, cluster);

    assertThat(kept.bound()).noneMatch(step -> kept.separate((Step.Write) step));
    assertThat(kept.bound()).isEmpty();
  }

  /** The DNSEndpoint comes from a cache, which may be late. */
  @Test
  void aWriteIsNotRepeatedInAPass() {
    KeptObjects kept = new KeptObjects(clinic, cluster);
    Secret before = kit();
    kept.separate(siteKit());
    cluster.add(before);

    assertThat(kept.bound()).isEmpty();
  }

  private static Step.Write siteKit() {
    return new Step.Write(Publications.SECRET, "clinic1-site-kit");
  }

  private Secret kit() {
    return cluster.secret("clinics", "clinic1-site-kit").orElseThrow();
  }

  /** A cluster that may refuse to show Secrets. */
  private static final class Denying extends MemoryCluster {
    private boolean denies;
    private boolean terminating;

    @Override
    public Optional<Secret> secret(String namespace, String name) {
      if (denies) {
        String says = "User \"x\" cannot get resource \"secrets\" in API group \"\"";
        throw new KubernetesClientException(
            says, 403, new StatusBuilder().withMessage(says).build());
      }
      return super.secret(namespace, name);
    }

    @Override
    public boolean isTerminating(String namespace) {
      return terminating;
    }
  }
}
