package dev.clinicnet.testkit;

import static dev.clinicnet.testkit.Manifests.conditions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many Clinics, each with its own domain. Every second has a public service, every tenth also an
 * address.
 */
public final class Fleet {
  private static final int WITH_SERVICE = 2;
  private static final int WITH_ADDRESS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int size;

  public Fleet(int size) {
    this.size = size;
  }

  public void apply(Manifests manifests) {
    IntStream.range(0, size).parallel().forEach(i -> manifests.applyText(manifest(i)));
  }

  /** Waits until all of it is Ready. */
  public void awaitReady(Manifests manifests) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(manifests.clinics()).hasSize(size).allMatch(c -> isReady(conditions(c)));
              assertThat(manifests.services()).allMatch(s -> isReady(conditions(s)));
            });
  }

  private static boolean isReady(List<Condition> conditions) {
    return Conditions.isTrue(conditions, ConditionType.Ready);
  }

  /**
   * Checks that the account holds what the fleet asks for, once, and that the statuses name exactly
   * that.
   */
  public void assertThereOnce(Manifests manifests, NgrokAccount account) {
    int addresses = size / WITH_ADDRESS;
    assertThat(account.names("service_users", "name")).doesNotHaveDuplicates().hasSize(size);
    assertThat(account.names("reserved_domains", "domain")).doesNotHaveDuplicates().hasSize(size);
    assertThat(account.names("endpoints", "url"))
        .doesNotHaveDuplicates()
        .hasSize(size / WITH_SERVICE + addresses);
    assertThat(owners(account, "credentials")).doesNotHaveDuplicates().hasSize(size);
    assertThat(owners(account, "reserved_addrs")).doesNotHaveDuplicates().hasSize(addresses);
    assertThat(account.names("credentials", "id"))
        .containsExactlyInAnyOrderElementsOf(
            manifests.clinics().stream().map(Fleet::credential).toList());
    assertThat(account.names("reserved_addrs", "id"))
        .containsExactlyInAnyOrderElementsOf(
            manifests.services().stream()
                .map(ClinicService::getStatus)
                .filter(status -> status.address() != null)
                .map(status -> status.address().id())
                .toList());
  }

  private static String credential(Clinic clinic) {
    return clinic.getStatus().authtoken().credentialID();
  }

  private static List<Owner> owners(NgrokAccount account, String resource) {
    return account.all(resource).stream().map(Fleet::owner).toList();
  }

  private static Owner owner(JsonNode row) {
    return Mark.parse(row.path("metadata").asText()).flatMap(Mark::owner).orElseThrow();
  }

  private static String manifest(int i) {
    String manifest =
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: site%1$d}
        spec: {domains: [{name: site%1$d.example.com}]}
        """;
    if (i % WITH_SERVICE == 0) {
      manifest +=
          """
          ---
          apiVersion: clinicnet.dev/v1alpha1
          kind: ClinicService
          metadata: {name: api-of-site%1$d}
          spec:
            clinicRef: {name: site%1$d}
            upstream: {url: "http://192.168.1.100:8080"}
            expose: {https: {host: site%1$d.example.com, paths: [/api]}}
          """;
    }
    if (i % WITH_ADDRESS == 0) {
      manifest +=
          """
          ---
          apiVersion: clinicnet.dev/v1alpha1
          kind: ClinicService
          metadata: {name: db-of-site%1$d}
          spec:
            clinicRef: {name: site%1$d}
            upstream: {url: "tcp://192.168.1.101:5432"}
            expose: {tcp: {region: us}}
            access: {allowCIDRs: [203.0.113.0/24]}
          """;
    }
    return manifest.formatted(i);
  }
}
