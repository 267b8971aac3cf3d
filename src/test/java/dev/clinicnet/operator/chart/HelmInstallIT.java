package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code helm install} on a real API server, and then the operator, started as the Deployment there
 * says, with what the release grants and nothing else.
 */
class HelmInstallIT {
  private static final String HOME = InstalledRelease.NAME;
  private static final String SITE = "site";
  private static final String ELSEWHERE = "elsewhere";

  @TempDir Path directory;

  private NgrokAccount account;
  private Manifests manifests;
  private int processes;
  private int httpPort;

  @BeforeEach
  void prepare() {
    account = NgrokAccount.open();
    httpPort = freePort();
    manifests = new Manifests(admin(), SITE);
    List.of(HOME, SITE, ELSEWHERE).forEach(InstalledRelease::makeNamespace);
    InstalledRelease.writeKey(RunningOperator.API_KEY);
  }

  @AfterEach
  void forget() {
    account.close();
    InstalledRelease.uninstall();
    for (String namespace : List.of(SITE, ELSEWHERE)) {
      InstalledRelease.removeManifests(namespace);
    }
  }

  @Test
  void installedItConvergesTheExampleUpgradedItGoesOnUninstalledItLeavesEverything() {
    String notes = InstalledRelease.install(values());
    assertThat(notes)
        .contains("kubectl get clinicnet -A", "kind: ClinicService", "get secret clinic1-site-kit")
        .doesNotContain("create secret");
    manifests.apply("examples/clinic1");
    try (PodProcess pod = startPod()) {
      manifests.awaitAllReady();
      assertThat(account.names("endpoints", "url")).contains("https://clinic1.api.clinicnet.com");
      assertThat(manifests.file("clinic1-site-kit", "ngrok.yml")).contains("version: 3");
      assertThat(openSession().getStatus().openedBy())
          .isEqualTo(InstalledRelease.user("technician", SITE));
      assertThat(pod.log()).doesNotContain(RunningOperator.API_KEY);
      assertThat(HelmTestPod.run(values(), "127.0.0.1", httpPort))
          .contains("clinic-operator is ready");
      assertThat(pod.stop()).as(pod.log()).isZero();
    }
    account.forgetRequests();

    InstalledRelease.upgrade(values("--set=driftInterval=1h"));
    assertThat(InstalledRelease.deployment().getSpec().getTemplate().getSpec().getContainers())
        .allSatisfy(container -> assertThat(container.getArgs()).contains("--drift-interval=1h"));
    manifests.apply("examples/clinic2");
    try (PodProcess pod = startPod()) {
      manifests.awaitAllReady();
      assertThat(account.writes())
          .containsEntry("POST /service_users", 1)
          .containsEntry("POST /credentials", 1);
      assertThat(pod.stop()).as(pod.log()).isZero();
    }

    InstalledRelease.uninstall();
    assertThat(admin().apps().deployments().inNamespace(HOME).list().getItems()).isEmpty();
    assertThat(ofTheRelease(admin().rbac().clusterRoles().list().getItems())).isEmpty();
    assertThat(ofTheRelease(admin().serviceAccounts().inNamespace(HOME).list().getItems()))
        .isEmpty();
    assertThat(manifests.clinics())
        .hasSize(2)
        .allSatisfy(clinic -> assertThat(clinic.getMetadata().getDeletionTimestamp()).isNull());
    assertThat(manifests.secret("clinic1-site-kit")).isNotNull();
  }

  @Test
  void installedForANamespaceItHasNoRightBeyondItAndConvergesThere() {
    InstalledRelease.kubernetes().apply(Path.of("src/test/resources/crds/dnsendpoints.yaml"));
    InstalledRelease.install(
        values(
            "--set=watchNamespaces={" + SITE + "}",
            "--set=instance=east",
            "--set=dnsEndpoints.enabled=true"));
    assertThat(ofTheRelease(admin().rbac().clusterRoles().list().getItems()))
        .extracting(role -> role.getMetadata().getName())
        .filteredOn(name -> !name.startsWith("clinicnet-"))
        .containsExactly("clinic-operator-finalizers");
    assertThat(ofTheRelease(admin().rbac().clusterRoleBindings().list().getItems()))
        .extracting(binding -> binding.getMetadata().getName())
        .containsExactly("clinic-operator-finalizers");
    manifests.apply("examples/clinic1");
    Manifests elsewhere = new Manifests(admin(), ELSEWHERE);
    elsewhere.apply("examples/clinic2/clinic.yaml");

    try (PodProcess pod = startPod()) {
      manifests.awaitAllReady();
      assertThat(account.names("endpoints", "url")).contains("https://clinic1.api.clinicnet.com");
      assertThat(openSession().getStatus().openedBy()).isEqualTo("unknown");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(
                          admin().resources(DNSEndpoint.class).inNamespace(SITE).list().getItems())
                      .isNotEmpty());
      assertThat(elsewhere.clinics())
          .hasSize(1)
          .allSatisfy(clinic -> assertThat(clinic.getMetadata().getFinalizers()).isEmpty())
          .allSatisfy(clinic -> assertThat(clinic.getStatus().observedGeneration()).isNull());
      assertThat(pod.stop()).as(pod.log()).isZero();
    }
  }

  @Test
  void crdsThatWereAppliedByHandAreTakenOverAndUpgraded() throws IOException {
    String name = "clinics.clinicnet.dev";
    String crd = Files.readString(Path.of("crds", name + ".yaml"));
    String former =
        crd.replace("      name: v1alpha1\n", "      name: v1alpha1\n      deprecated: true\n");
    Path file = Files.writeString(directory.resolve("former.yaml"), former);
    for (var known : admin().apiextensions().v1().customResourceDefinitions().list().getItems()) {
      if (known.getSpec().getGroup().equals("clinicnet.dev")) {
        admin()
            .resource(known)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":null,\"labels\":null}}");
      }
    }
    InstalledRelease.kubernetes()
        .kubectl(
            "apply", "--server-side", "--force-conflicts", "-f", "crds", "-f", file.toString());

    assertThatThrownBy(() -> InstalledRelease.install(values()))
        .hasMessageContaining("invalid ownership metadata");
    InstalledRelease.install(values("--take-ownership", "--force-conflicts"));

    assertThat(
            admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .require()
                .getSpec()
                .getVersions())
        .allSatisfy(version -> assertThat(version.getDeprecated()).isNull());
  }

  /**
   * Opens the example's dashboard with the rights of a technician. The technician writes the
   * annotation with the user, because nothing else does before Kubernetes 1.36.
   */
  private ClinicSession openSession() {
    try (KubernetesClient technician =
        InstalledRelease.clientAs("technician", "clinicnet-session-user", SITE)) {
      ClinicSession session =
          new KubernetesSerialization()
              .unmarshal(
                  Files.readString(Path.of("examples/session/session.yaml")), ClinicSession.class);
      session
          .getMetadata()
          .setAnnotations(
              Map.of(Annotations.REQUESTED_BY, InstalledRelease.user("technician", SITE)));
      return technician
          .resource(technician.resource(session).inNamespace(SITE).create())
          .waitUntilCondition(HelmInstallIT::isOpen, 60, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOpen(ClinicSession session) {
    return session.getStatus() != null && session.getStatus().phase() == SessionPhase.Open;
  }

  private PodProcess startPod() {
    // No pod waits here for the lease of a pod that has stopped.
    admin().leases().inNamespace(HOME).withName(HOME).delete();
    Deployment deployment = InstalledRelease.deployment();
    processes++;
    return PodProcess.start(
        InstalledRelease.kubernetes(), deployment, directory.resolve("pod-" + processes));
  }

  private String[] values(String... more) {
    List<String> values =
        new ArrayList<>(
            List.of(
                "--set=ngrokApiUrl=" + account.url(),
                "--set=undoWindow=0",
                "--set=httpPort=" + httpPort));
    values.addAll(List.of(more));
    return values.toArray(String[]::new);
  }

  private static <T extends HasMetadata> List<T> ofTheRelease(List<T> objects) {
    return objects.stream()
        .filter(
            object ->
                object.getMetadata().getAnnotations() != null
                    && HOME.equals(
                        object.getMetadata().getAnnotations().get("meta.helm.sh/release-name")))
        .toList();
  }

  private static KubernetesClient admin() {
    return InstalledRelease.admin();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
