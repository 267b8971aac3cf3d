package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code inventory --cluster} on an account that the real operator has converged, and then left.
 */
@SuppressWarnings("try") // An operator only has to run.
class InventoryIT {
  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @TempDir private Path directory;
  private NgrokAccount account;

  @BeforeEach
  void converge() {
    account = NgrokAccount.open();
    Manifests manifests = new Manifests(namespace.admin(), namespace.name());
    manifests.apply("examples/clinic1");
    manifests.apply("examples/clinic2");
    try (ClinicOperator operator =
        RunningOperator.on(namespace.operator(), namespace.name(), account.url()).start()) {
      manifests.awaitAllReady();
    }
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void whatAForcedDeletionLeavesCanBeFoundAndDeleted() throws IOException {
    assertThat(holders()).containsOnly("manifest", "installation");
    String shared = id("reserved_domains", "domain", "*.api.clinicnet.com");
    assertThat(inventory("--delete", shared).err()).contains("a Clinic lists it");

    namespace
        .kubernetes()
        .kubectl(
            "delete", "clinicservices,clinics", "--all", "--wait=false", "-n", namespace.name());
    for (String kind : List.of("clinicservices", "clinics")) {
      for (String name : names(kind)) {
        namespace
            .kubernetes()
            .kubectl(
                "patch",
                kind,
                name,
                "-n",
                namespace.name(),
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":null}}");
      }
    }

    assertThat(holders()).containsOnly("no-manifest", "installation");
    List<String> deletions = new ArrayList<>(List.of("--force"));
    for (JsonNode row : objects()) {
      deletions.add("--delete");
      deletions.add(row.get("id").asText());
    }
    CommandRun run = inventory(deletions.toArray(String[]::new));

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(objects()).isEmpty();
  }

  @Test
  void aClusterThatDoesNotShowItsManifestsIsAnError() throws IOException {
    Path nobody = directory.resolve("nobody");
    Files.writeString(
        nobody,
        Files.readString(namespace.kubernetes().adminKubeconfigFile())
            .replaceAll("client-certificate(-data)?: .*", "token: wrong")
            .replaceAll("\\s*client-key(-data)?: .*", ""));

    CommandRun run = CommandRun.on(account.url(), "inventory", "--kubeconfig", nobody.toString());

    assertThat(run.code()).isEqualTo(InventoryExit.FAILED.code());
    assertThat(run.err())
        .contains("The manifests of the cluster cannot be listed")
        .doesNotContain("wrong");
  }

  private List<String> names(String kind) {
    return namespace
        .kubernetes()
        .kubectl("get", kind, "-n", namespace.name(), "-o", "jsonpath={.items[*].metadata.name}")
        .lines()
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private List<String> holders() throws IOException {
    List<String> holders = new ArrayList<>();
    objects().forEach(row -> holders.add(row.get("holder").asText()));
    return holders;
  }

  private JsonNode objects() throws IOException {
    CommandRun run = inventory("--output", "json");
    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    return new ObjectMapper().readTree(run.out()).get("objects");
  }

  private CommandRun inventory(String... arguments) {
    return CommandRun.on(
        account.url(),
        Stream.concat(
                Stream.of(
                    "inventory",
                    "--kubeconfig",
                    namespace.kubernetes().adminKubeconfigFile().toString(),
                    "--instance",
                    "test-" + namespace.name(),
                    "--requests-per-minute",
                    "1000"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private String id(String resource, String field, String value) {
    return account.all(resource).stream()
        .filter(row -> row.path(field).asText().equals(value))
        .map(row -> row.path("id").asText())
        .findFirst()
        .orElseThrow();
  }
}
