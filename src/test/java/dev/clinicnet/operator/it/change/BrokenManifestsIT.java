package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.cli.lint.BrokenManifest;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Applies each broken manifest over a good one. The API server or the operator refuses it with the
 * message of {@code lint}, and nothing changes at ngrok.
 */
@SuppressWarnings("try") // An operator only has to run.
class BrokenManifestsIT extends InOneNamespace {
  private static final String WEB = "web";

  @Test
  void whatIsBrokenIsRefusedAndLeavesWhatWasProgrammed() {
    String good = BrokenManifest.GOOD.toString();
    manifests.apply(good);
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String policy = policy();
      account.forgetRequests();

      for (BrokenManifest broken : BrokenManifest.all()) {
        if (broken.by().equals("api")) {
          refusedByTheServer(broken);
        } else {
          refusedByTheOperator(broken);
        }
        assertThat(policy()).as(broken.name()).isEqualTo(policy);
        assertThat(account.writes()).as(broken.name()).isEmpty();
      }

      manifests.apply(good);
      manifests.awaitAllReady();
      assertThat(policy()).isEqualTo(policy);
      assertThat(account.writes()).isEmpty();
    }
  }

  private void refusedByTheServer(BrokenManifest broken) {
    try {
      manifests.applyText(broken.text());
    } catch (KubernetesClientException e) {
      assertThat(e.getMessage())
          .as(broken.name())
          .contains(broken.field())
          .contains(broken.expect());
      return;
    }
    throw new AssertionError(broken.name() + " was let in");
  }

  private void refusedByTheOperator(BrokenManifest broken) {
    manifests.applyText(broken.text());
    long generation = refused(broken).getMetadata().getGeneration();
    String type = broken.by().equals("reference") ? "ResolvedRefs" : "Accepted";
    eventually(
        () ->
            assertThat(conditions(broken))
                .as(broken.name())
                .anySatisfy(
                    condition -> {
                      assertThat(condition.type()).isEqualTo(type);
                      assertThat(condition.observedGeneration()).isEqualTo(generation);
                      assertThat(condition.status()).isEqualTo(ConditionStatus.False);
                      assertThat(condition.message())
                          .contains(broken.field())
                          .contains(broken.expect());
                    }));
  }

  private List<Condition> conditions(BrokenManifest broken) {
    return refused(broken) instanceof ClinicSession session
        ? Manifests.conditions(session)
        : Manifests.conditions(manifests.service(WEB));
  }

  private HasMetadata refused(BrokenManifest broken) {
    return broken
        .session()
        .<HasMetadata>map(manifests::session)
        .orElseGet(() -> manifests.service(WEB));
  }

  private String policy() {
    return only("endpoints").path("traffic_policy").asText();
  }
}
