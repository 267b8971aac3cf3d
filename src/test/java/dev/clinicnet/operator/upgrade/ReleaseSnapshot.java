package dev.clinicnet.operator.upgrade;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the present code converge the examples on a real API server, with an agent at each site,
 * and writes the result into a directory, as a {@link Release}. {@code dev/release} calls it.
 */
public final class ReleaseSnapshot {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration OFTEN = Duration.ofMillis(500);
  private static final String OPERATOR = "clinic-operator";
  private static final Duration QUIET = Duration.ofSeconds(3);

  private ReleaseSnapshot() {}

  /** Writes the snapshot: the directory, whose name is the version. */
  public static void main(String[] arguments) {
    int code = 1;
    try (RealKubernetes kubernetes = RealKubernetes.start();
        NgrokAccount account = NgrokAccount.open()) {
      write(kubernetes, account, Path.of(arguments[0]));
      code = 0;
    } catch (IOException | RuntimeException | AssertionError e) {
      System.err.println(e);
    }
    // Clients have threads that would keep the process.
    System.exit(code);
  }

  private static void write(RealKubernetes kubernetes, NgrokAccount account, Path directory)
      throws IOException {
    String namespace = Release.namespace(directory.getFileName().toString());
    kubernetes.apply(Path.of("crds"));
    kubernetes.apply(Path.of("deploy/base"));
    kubernetes
        .adminClient()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    Manifests manifests = new Manifests(kubernetes.adminClient(), namespace);
    RunningOperator wanted =
        RunningOperator.on(
            kubernetes.clientOf(OPERATOR, OPERATOR, OPERATOR), namespace, account.url());
    Map<String, String> fakes = new TreeMap<>();
    try (ClinicOperator operator = wanted.withIntervals(OFTEN, OFTEN).start()) {
      // The sites come one after the other, so that the same objects are made in the same order
      // each time.
      for (String site : Manifests.examples()) {
        manifests.apply(site);
        manifests.awaitAllReady();
      }
      for (Clinic clinic : manifests.clinics()) {
        String secret = clinic.getStatus().siteKit().secretName();
        account.connectAgent(manifests.file(secret, "ngrok.yml"));
        String token = manifests.file(secret, "authtoken");
        fakes.put(token, SnapshotFiles.fake(token));
      }
      awaitEverything(manifests, operator);
    }
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    copyCrds(directory.resolve(Release.CRDS));
    SnapshotFiles files = new SnapshotFiles(fakes);
    Files.writeString(
        directory.resolve(Release.OBJECTS), files.objects(kubernetes.adminClient(), namespace));
    Files.writeString(directory.resolve(Release.ACCOUNT), files.account(account));
    Files.writeString(directory.resolve(Release.TIME), time + "\n");
  }

  private static void copyCrds(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      for (Path crd : (Iterable<Path>) files::iterator) {
        Files.copy(crd, directory.resolve(crd.getFileName()));
      }
    }
  }

  /** The conditions that are not part of Ready. */
  private static void awaitEverything(Manifests manifests, ClinicOperator operator) {
    for (Clinic clinic : manifests.clinics()) {
      String name = clinic.getMetadata().getName();
      manifests.awaitClinic(name, ConditionType.DomainsReady, "DomainsReady");
      manifests.awaitClinic(name, ConditionType.AgentOnline, "AgentConnected");
      manifests.awaitClinic(name, ConditionType.SiteKitCurrent, "SiteKitInstalled");
    }
    manifests
        .sessions()
        .forEach(
            session -> manifests.awaitSession(session.getMetadata().getName(), SessionPhase.Open));
    Map<String, String> versions = new TreeMap<>();
    await()
        .atMost(PATIENCE)
        .during(QUIET)
        .until(
            () -> {
              operator.refresh();
              Map<String, String> now = manifests.resourceVersions();
              boolean same = now.equals(versions);
              versions.clear();
              versions.putAll(now);
              return same;
            });
  }
}
