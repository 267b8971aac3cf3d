package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.demo.KubernetesVersions;
import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.testkit.FreshNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart renders the same as {@code deploy/}, and the API server accepts it for all values. */
class ChartIT {
  private static final String HOME = "clinic-operator";
  private static final Path VALUES = Path.of("src/test/resources/chart");

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();
  @TempDir Path directory;

  private Helm helm;

  @BeforeEach
  void findHelm() {
    helm = Helm.on(namespace.kubernetes().adminKubeconfigFile());
  }

  @Test
  void theDefaultSaysWhatTheOverlayOfTwoReplicasSays() {
    assertSame(rendered(), kustomized("deploy/overlays/ha"));
  }

  @Test
  void withOneReplicaItSaysWhatTheBaseSays() {
    assertSame(rendered("--set=replicas=1"), kustomized("deploy/base"));
  }

  @Test
  void withNamespacesItSaysWhatTheOverlayOfNamespacesSays() {
    assertSame(
        rendered(
            "--set=watchNamespaces={clinics-east,clinics-west}",
            "--set=instance=choose-one-and-never-change-it"),
        kustomized("deploy/overlays/namespaced"));
  }

  @ParameterizedTest
  @CsvSource({
    "ha, ''",
    "namespaced, '--set=watchNamespaces={clinics-east,clinics-west}"
        + " --set=instance=choose-one-and-never-change-it'"
  })
  void withItsSwitchesOnItSaysWhatTheComponentsSay(String overlay, String values)
      throws IOException {
    Path own = Files.createDirectories(Path.of("target/kustomize-components"));
    Files.writeString(
        own.resolve("kustomization.yaml"),
        """
        resources: [../../deploy/overlays/%s]
        components:
        - ../../deploy/components/accounts
        - ../../deploy/components/dns-endpoints
        - ../../deploy/components/fleet-page
        - ../../deploy/components/monitoring
        - ../../deploy/dashboards
        """
            .formatted(overlay));
    List<String> switches =
        List.of(
            "--set=accounts.secretNames={ngrok-accounts}",
            "--set=dnsEndpoints.enabled=true",
            "--set=fleetPage.enabled=true",
            "--set=fleetPage.access=token",
            "--set=metrics.serviceMonitor.enabled=true",
            "--set=metrics.dashboards.enabled=true",
            "--set=metrics.prometheusRule.enabled=true");

    assertSame(
        rendered(
            Stream.concat(switches.stream(), Stream.of(values.split(" ")).filter(v -> !v.isEmpty()))
                .toArray(String[]::new)),
        kustomized(own.toString()));
  }

  static List<Path> values() {
    try (Stream<Path> files = Files.list(VALUES)) {
      return files.filter(file -> !file.endsWith("crds.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  void theApiServerAcceptsWithoutAWarning(Path values) throws IOException {
    String warn = "pod-security.kubernetes.io/warn=restricted";
    namespace.kubernetes().kubectl("label", "namespace", namespace.name(), warn);
    namespace.kubernetes().apply(VALUES.resolve("crds.yaml"));
    Path manifests =
        Files.writeString(
            directory.resolve("manifests.yaml"),
            helm.template(
                "accepted",
                namespace.name(),
                Stream.concat(
                        Stream.of("--values=" + values, "--set=instance=accepted"), ofThisVersion())
                    .toList()));

    assertThat(
            namespace
                .kubernetes()
                .kubectl(
                    "apply",
                    "--server-side",
                    "--dry-run=server",
                    "--validate=strict",
                    "--warnings-as-errors",
                    "--field-manager=clinic-operator-install",
                    "--filename=" + manifests))
        .contains("deployment.apps/accepted-clinic-operator serverside-applied (server dry run)");
  }

  @Test
  void asAPartOfAnotherChartItUsesThePullSecretsOfAllAndLeavesTheRestToOthers() throws IOException {
    Path parent = Files.createDirectories(directory.resolve("parent"));
    Files.writeString(
        parent.resolve("Chart.yaml"), "{apiVersion: v2, name: parent, version: 1.0.0}");
    Files.createSymbolicLink(
        Files.createDirectories(parent.resolve("charts")).resolve("clinic-operator"),
        Path.of(Helm.CHART).toAbsolutePath());
    Path values =
        Files.writeString(
            directory.resolve("values.yaml"),
            "global: {logLevel: 2, imagePullSecrets: [{name: of-all-charts}]}");

    assertThat(helm.template(parent, HOME, HOME, List.of("--values=" + values)))
        .contains("imagePullSecrets:\n        - name: of-all-charts\n")
        .doesNotContain("--log-level");
  }

  /** To always install both admission policies takes an API server that knows both. */
  private static Stream<String> ofThisVersion() {
    return RealKubernetes.version().equals(KubernetesVersions.pinned())
        ? Stream.of()
        : Stream.of(
            "--kube-version=" + RealKubernetes.version(), "--set=admissionPolicies.install=auto");
  }

  private SortedMap<String, String> rendered(String... values) {
    List<String> arguments = new ArrayList<>(List.of(values));
    // The pod of `helm test` is no part of an installation.
    arguments.add("--skip-tests");
    return Objects.of(helm.template(HOME, HOME, arguments));
  }

  /** Includes objects that the chart installs and a kustomization leaves to others. */
  private SortedMap<String, String> kustomized(String path) {
    return Objects.of(
        namespace.kubernetes().kubectl("kustomize", path),
        namespace.kubernetes().kubectl("kustomize", "deploy/admission"),
        crds());
  }

  private static String crds() {
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      return files.sorted().map(ChartIT::read).collect(Collectors.joining("\n---\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(
      SortedMap<String, String> chart, SortedMap<String, String> kustomization) {
    assertThat(chart.keySet()).isEqualTo(kustomization.keySet());
    chart.forEach(
        (key, text) -> {
          String other = kustomization.get(key);
          // A CRD is long: the lines that differ say enough.
          assertThat(linesOnlyIn(text, other)).as("%s, only in the chart", key).isEmpty();
          assertThat(linesOnlyIn(other, text)).as("%s, only in deploy/", key).isEmpty();
          assertThat(text.equals(other)).as("%s is the same", key).isTrue();
        });
  }

  private static List<String> linesOnlyIn(String text, String other) {
    Set<String> there = other.lines().collect(Collectors.toSet());
    return text.lines().filter(line -> !there.contains(line)).toList();
  }
}
