package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.NamespacedAccount;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.TcpProxy;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * An operator with Roles in some namespaces only. One namespace is deleted, and its Role disappears
 * before its Clinics.
 */
@SuppressWarnings("try") // An operator only has to run.
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class NamespacedDeletionIT extends InOneNamespace {

  @Override
  protected FreshNamespace namespaces() {
    return FreshNamespace.withControllers();
  }

  @Test
  void theNamespaceGoesWithEverythingAtNgrokThoughItsRoleGoesFirst() {
    try (NamespacedAccount rights = new NamespacedAccount(namespace);
        LogCapture log = LogCapture.begin();
        KubernetesClient client = rights.client()) {
      rights.outlastTheNamespace();
      manifests.applyText(Site.all("one"));
      manifests.applyText(Site.clinic("kept", "deletionPolicy: Retain"));
      OnDemandSite site = new OnDemandSite(account, manifests, "three");
      manifests.applyText(site.clinic() + "---\n" + site.dashboard());
      try (site;
          ClinicOperator operator =
              RunningOperator.on(client, namespace.name(), account.url()).start()) {
        manifests.awaitAllReady();
        manifests.applyText(site.session("s1", "10m"));
        manifests.awaitSession("s1", SessionPhase.Open);

        rights.removeRole();
        namespace.admin().namespaces().withName(namespace.name()).delete();
        eventually(
            () ->
                assertThat(namespace.admin().namespaces().withName(namespace.name()).get())
                    .isNull());

        assertThat(account.all("endpoints")).isEmpty();
        assertThat(account.all("reserved_addrs")).isEmpty();
        // The retained objects stay, although their Secret is deleted.
        assertThat(account.all("credentials"))
            .singleElement()
            .satisfies(row -> assertThat(mark(row).isRetained()).isTrue());
        assertThat(account.all("service_users")).hasSize(1);
      }
      assertAtMostOneLine(log);
    }
  }

  @Test
  void watchesThatEndAfterItsRoleHasGoneSayNothingMore() {
    try (NamespacedAccount rights = new NamespacedAccount(namespace);
        LogCapture log = LogCapture.begin();
        KubernetesClient direct = rights.client();
        TcpProxy proxy = TcpProxy.to(URI.create(direct.getConfiguration().getMasterUrl()));
        KubernetesClient client = through(proxy, direct)) {
      rights.outlastTheNamespace();
      manifests.applyText(Site.all("one"));
      try (ClinicOperator operator =
          RunningOperator.on(client, namespace.name(), account.url()).start()) {
        manifests.awaitAllReady();
        rights.removeRole();
        namespace.admin().namespaces().withName(namespace.name()).delete();
        eventually(
            () ->
                assertThat(namespace.admin().namespaces().withName(namespace.name()).get())
                    .isNull());

        // The API server ends each watch after a while.
        proxy.reset();

        for (String kind : List.of("clinics", "clinicservices", "clinicsessions", "secrets")) {
          eventually(
              () ->
                  assertThat(log.text())
                      .containsPattern(
                          "403 .*/namespaces/" + namespace.name() + "/" + kind + ".*Forbidden"));
        }
      }
      assertAtMostOneLine(log);
    }
  }

  private static KubernetesClient through(TcpProxy proxy, KubernetesClient direct) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(direct.getConfiguration())
                .withMasterUrl(proxy.url().toString())
                .build())
        .build();
  }

  @Test
  void withoutRightsThatOutlastItAllIsRemovedAtNgrokAndOneLineSaysWhatIsMissing() {
    try (NamespacedAccount rights = new NamespacedAccount(namespace);
        LogCapture log = LogCapture.begin();
        KubernetesClient client = rights.client()) {
      manifests.applyText(Site.all("one"));
      try (ClinicOperator operator =
          RunningOperator.on(client, namespace.name(), account.url()).withoutGrants().start()) {
        manifests.awaitAllReady();

        rights.removeRole();
        namespace.admin().namespaces().withName(namespace.name()).delete();
        eventually(
            () -> {
              assertThat(account.all("endpoints")).isEmpty();
              assertThat(account.all("reserved_addrs")).isEmpty();
              assertThat(account.all("credentials")).isEmpty();
              assertThat(account.all("service_users")).isEmpty();
              assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
              assertThat(refusalsIn(log)).isNotEmpty();
            });
        assertThat(manifests.clinic("one").getMetadata().getFinalizers()).isNotEmpty();

        rights.outlastTheNamespace();
        eventually(
            () ->
                assertThat(namespace.admin().namespaces().withName(namespace.name()).get())
                    .isNull());
      }
      assertAtMostOneLine(log);
      assertThat(refusalsIn(log))
          .singleElement()
          .asString()
          .contains("in the namespace " + namespace.name() + ":", "clinic-operator-finalizers");
    }
  }

  /** The log has a clear line, and no exception. */
  private void assertAtMostOneLine(LogCapture log) {
    assertThat(refusalsIn(log))
        .hasSizeLessThan(2)
        .allSatisfy(
            warning -> {
              assertThat(warning.lines()).hasSize(1);
              assertThat(warning).doesNotContain("Uncaught", "Exception");
            });
  }

  /** The refusals for this test's operator. Others may run beside it. */
  private List<String> refusalsIn(LogCapture log) {
    return log.warningsAbout(namespace.name()).stream()
        .filter(warning -> !warning.startsWith("WARN " + PlanRunner.class.getName()))
        .toList();
  }
}
