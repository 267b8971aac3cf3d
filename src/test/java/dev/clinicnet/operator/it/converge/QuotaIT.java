package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A ResourceQuota limits how much one namespace may have. */
@SuppressWarnings("try") // An operator only has to run.
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class QuotaIT extends InOneNamespace {

  @Override
  protected FreshNamespace namespaces() {
    return FreshNamespace.withControllers();
  }

  @Test
  void theExampleCountsOurKinds() throws Exception {
    Path example = Path.of("examples/tenants/clinics-east/quota.yaml");
    ResourceQuota quota =
        namespace.admin().resourceQuotas().load(Files.newInputStream(example)).item();
    quota.getMetadata().setNamespace(namespace.name());
    quota.getSpec().getHard().replaceAll((counted, limit) -> new Quantity("1"));
    limit(quota);

    // Admission knows the count of the quota a moment after the status has it.
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsMatching(e -> e.getMessage().contains("status unknown for quota"))
        .untilAsserted(() -> manifests.applyText(Site.clinic("one")));
    manifests.applyText(Site.db("one"));
    assertThatThrownBy(() -> manifests.applyText(Site.clinic("two")))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("exceeded quota: clinicnet");
    assertThatThrownBy(() -> manifests.applyText(Site.web("one")))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("exceeded quota: clinicnet");
  }

  @Test
  void withoutRoomForItsSecretAClinicSaysSoAndHasNoTokenMade() {
    limit(
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("secrets")
            .withNamespace(namespace.name())
            .endMetadata()
            .withNewSpec()
            .withHard(Map.of("count/secrets", new Quantity("0")))
            .endSpec()
            .build());
    manifests.applyText(Site.clinic("one"));
    try (LogCapture log = LogCapture.begin();
        ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Programmed, "SiteKitNotWritten");
      assertThat(manifests.clinicSays("one", ConditionType.Programmed))
          .contains("exceeded quota: secrets");
      assertThat(account.all("credentials")).isEmpty();

      namespace.admin().resourceQuotas().withName("secrets").delete();
      manifests.annotateClinic("one", "clinicnet.dev/look", "again");
      manifests.awaitAllReady();
      assertThat(log.text().lines())
          .filteredOn(line -> line.contains(namespace.name()))
          .noneMatch(line -> line.contains("Uncaught error"));
    }
  }

  /** Creates the quota, and waits until it counts. */
  private void limit(ResourceQuota quota) {
    namespace.admin().resource(quota).create();
    String name = quota.getMetadata().getName();
    eventually(
        () ->
            assertThat(
                    namespace.admin().resourceQuotas().withName(name).get().getStatus().getUsed())
                .containsOnlyKeys(quota.getSpec().getHard().keySet()));
  }
}
