package dev.clinicnet.operator.cli.siteaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kubeconfig of a site, on a real API server. */
class SiteAccessIT {
  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: clinic1, namespace: %s}
      spec:
        agent: {siteKit: {secretName: kit}}
      """;

  private static final Pattern EXPIRES = Pattern.compile("(?m)^# expires: (\\S+)$");

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @BeforeEach
  void applyClinic() {
    namespace.kubernetes().apply(CLINIC.formatted(namespace.name()));
    secret("kit", "first");
    secret("other", "hidden");
  }

  @Test
  void theSiteReadsItsSiteKitAndNothingElse() {
    applyManifests();
    try (KubernetesClient site = site(kubeconfig())) {
      assertThat(site.secrets().withName("kit").get().getData()).containsValue(base64("first"));
      secret("kit", "second");
      assertThat(site.secrets().withName("kit").get().getData()).containsValue(base64("second"));

      assertForbidden(() -> site.secrets().list());
      assertForbidden(() -> site.secrets().withName("other").get());
      assertForbidden(() -> site.secrets().inNamespace("default").withName("kit").get());
      assertForbidden(() -> site.secrets().inAnyNamespace().list());
      assertForbidden(() -> site.secrets().withName("kit").delete());
      assertForbidden(
          () -> site.secrets().withName("kit").edit(s -> s.edit().addToData("a", "b").build()));
      assertForbidden(() -> site.configMaps().list());
      assertForbidden(() -> site.namespaces().list());
      assertForbidden(
          () -> site.genericKubernetesResources("clinicnet.dev/v1alpha1", "Clinic").list());
    }
  }

  @Test
  void itSaysWhenItExpiresAndIsRenewedAndRevoked() {
    applyManifests();
    CommandRun run = run(admin(), "--expires", "48h");

    assertThat(run.code()).isEqualTo(SiteAccessExit.DONE.code());
    Matcher expires = EXPIRES.matcher(run.out());
    assertThat(expires.find()).isTrue();
    assertThat(Duration.between(Instant.now(), Instant.parse(expires.group(1))))
        .isBetween(Duration.ofHours(47), Duration.ofHours(48));
    assertThat(run.err())
        .contains("expires at " + expires.group(1) + ", in 2 days")
        .doesNotContain("Warning")
        .doesNotContain(Config.fromKubeconfig(run.out()).getAutoOAuthToken());

    String renewed = kubeconfig();
    try (KubernetesClient before = site(run.out());
        KubernetesClient after = site(renewed)) {
      assertThat(before.secrets().withName("kit").get()).isNotNull();
      assertThat(after.secrets().withName("kit").get()).isNotNull();
      namespace.admin().serviceAccounts().withName("clinic1-site-access").delete();
      for (KubernetesClient client : List.of(before, after)) {
        await()
            .untilAsserted(
                () ->
                    assertThatThrownBy(() -> client.secrets().withName("kit").get())
                        .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(401)));
      }
    }
  }

  @Test
  void withoutTheManifestsNothingIsPrinted() {
    CommandRun run = run(admin());

    assertThat(run.code()).isEqualTo(SiteAccessExit.RIGHTS_DIFFER.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("There is no ServiceAccount clinic1-site-access. Apply what")
        .contains("site-access clinic1 --namespace " + namespace.name() + " --manifests");
  }

  @Test
  void anAccountThatMayDoMoreOrLessIsRefused() {
    applyManifests();
    namespace
        .kubernetes()
        .kubectl(
            "create",
            "role",
            "wide",
            "-n",
            namespace.name(),
            "--verb=get,list",
            "--resource=secrets");
    namespace
        .kubernetes()
        .kubectl(
            "create",
            "rolebinding",
            "wide",
            "-n",
            namespace.name(),
            "--role=wide",
            "--serviceaccount=" + namespace.name() + ":clinic1-site-access");
    await()
        .untilAsserted(
            () -> {
              CommandRun run = run(admin());
              assertThat(run.err()).contains("may do more with Secrets than get kit: get,list");
              assertThat(run.code()).isEqualTo(SiteAccessExit.RIGHTS_DIFFER.code());
              assertThat(run.out()).isEmpty();
            });

    namespace.admin().rbac().roleBindings().withName("wide").delete();
    namespace.admin().rbac().roleBindings().withName("clinic1-site-access").delete();
    await()
        .untilAsserted(
            () -> {
              CommandRun run = run(admin());
              assertThat(run.err()).contains("may not get Secret kit. Apply what");
              assertThat(run.code()).isEqualTo(SiteAccessExit.RIGHTS_DIFFER.code());
            });
  }

  @Test
  void otherRightsAreAWarning() {
    applyManifests();
    namespace
        .kubernetes()
        .kubectl(
            "create",
            "rolebinding",
            "view",
            "-n",
            namespace.name(),
            "--clusterrole=clinicnet-viewer",
            "--serviceaccount=" + namespace.name() + ":clinic1-site-access");

    await()
        .untilAsserted(
            () ->
                assertThat(run(admin()).err())
                    .contains("Warning: the cluster also lets it", "clinics"));
  }

  @Test
  void aClinicOrAnApiServerThatIsNotThereIsAnError() {
    CommandRun run =
        CommandRun.with(
            Map.of(), "site-access", "nobody", "-n", namespace.name(), "--kubeconfig", admin());

    assertThat(run.code()).isEqualTo(SiteAccessExit.FAILED.code());
    assertThat(run.err()).contains("There is no Clinic " + namespace.name() + "/nobody");
  }

  @Test
  void whoMayNotIssueTokensIsToldSo() throws Exception {
    applyManifests();
    Path kubeconfig = Files.createTempFile("site", "kubeconfig");
    Files.writeString(kubeconfig, kubeconfig());

    CommandRun run = run(kubeconfig.toString());

    assertThat(run.code()).isEqualTo(SiteAccessExit.FAILED.code());
    assertThat(run.err()).contains("create serviceaccounts/token").hasLineCount(1);
    Files.delete(kubeconfig);
  }

  @Test
  void theSiteGetsTheAddressThatItCanReach() {
    applyManifests();
    CommandRun run = run(admin(), "--server", "https://k8s.example.com:6443");

    assertThat(Config.fromKubeconfig(run.out()).getMasterUrl())
        .startsWith("https://k8s.example.com:6443");
    assertThat(run.err()).contains("reaches the cluster at https://k8s.example.com:6443.");
  }

  @Test
  void aShorterExpiryThanWasAskedForIsAWarning() {
    try (RealKubernetes strict =
        RealKubernetes.start(List.of("--service-account-max-token-expiration=1h"))) {
      strict.apply(Path.of("crds"));
      strict.apply(CLINIC.formatted("default"));
      strict.apply(
          new SiteAccess("default", "clinic1", "kit")
              .manifests().stream()
                  .map(Serialization::asYaml)
                  .map(yaml -> "---\n" + yaml)
                  .collect(Collectors.joining()));
      await()
          .untilAsserted(
              () -> {
                CommandRun run =
                    CommandRun.with(
                        Map.of(),
                        "site-access",
                        "clinic1",
                        "--kubeconfig",
                        strict.adminKubeconfigFile().toString());
                assertThat(run.code()).isEqualTo(SiteAccessExit.DONE.code());
                assertThat(run.err())
                    .contains(", in 60 minutes.")
                    .contains("Warning: you asked for 90 days. The API server allows no more");
              });
    }
  }

  private void applyManifests() {
    CommandRun run = run(admin(), "--manifests");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(SiteAccessExit.DONE.code());
    namespace.kubernetes().apply(run.out());
  }

  private String kubeconfig() {
    CommandRun run = run(admin());
    assertThat(run.code()).as(run.err()).isEqualTo(SiteAccessExit.DONE.code());
    return run.out();
  }

  private String admin() {
    return namespace.kubernetes().adminKubeconfigFile().toString();
  }

  private CommandRun run(String kubeconfig, String... arguments) {
    return CommandRun.with(
        Map.of(),
        Stream.concat(
                Stream.of(
                    "site-access", "clinic1", "-n", namespace.name(), "--kubeconfig", kubeconfig),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private void secret(String name, String text) {
    namespace
        .kubernetes()
        .apply(
            new SecretBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .endMetadata()
                .addToStringData("ngrok.yml", text)
                .build());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KubernetesClient site(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  private static void assertForbidden(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }
}
