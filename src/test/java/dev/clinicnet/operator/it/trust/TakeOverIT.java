package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster is lost, and an installation of another name takes its objects at ngrok over. */
class TakeOverIT extends InOneNamespace {
  @TempDir private Path directory;

  @Test
  void theSameObjectsServeTheSameManifestsInAnotherCluster() throws IOException {
    String yaml = Site.all("one");
    Path file = Files.writeString(directory.resolve("one.yaml"), yaml);
    convergeOnce(yaml);
    Map<String, String> before = ids();
    String credential = id(only("credentials"));
    takeOver(file, instance(), "lost");
    loseTheCluster();
    takeOver(file, "lost", instance());
    assertThat(ids()).isEqualTo(before);
    account.forgetRequests();

    manifests.applyText(yaml);
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      awaitSweeps(2);

      assertThat(ids()).isEqualTo(before);
      assertThat(creations()).containsOnlyKeys("POST /credentials");
      assertThat(account.names("credentials", "id"))
          .as("the lost token is valid until an agent has the new one")
          .hasSize(2)
          .contains(credential);
      assertThat(operator.httpPort()).isPositive();
    }
  }

  private void takeOver(Path file, String from, String to) {
    CommandRun run =
        CommandRun.on(
            account.url(),
            "take-over",
            file.toString(),
            "--namespace",
            namespace.name(),
            "--take-over-instance",
            from,
            "--instance",
            to,
            "--apply");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(" taken over, 0 left.");
    for (String resource : List.of("endpoints", "reserved_domains", "reserved_addrs")) {
      assertThat(account.all(resource))
          .allSatisfy(r -> assertThat(mark(r).instance()).isEqualTo(to));
    }
  }

  private void loseTheCluster() {
    manifests.deleteAll();
    manifests.services().forEach(s -> manifests.forceServiceAway(s.getMetadata().getName()));
    manifests.clinics().forEach(c -> manifests.forceClinicAway(c.getMetadata().getName()));
    manifests.deleteSecret("one-site-kit");
    manifests.awaitGone();
  }

  /** Everything but credentials, by its name. */
  private Map<String, String> ids() {
    Map<String, String> ids = new TreeMap<>();
    for (String resource : List.of("endpoints", "reserved_domains", "reserved_addrs")) {
      for (JsonNode row : account.all(resource)) {
        ids.put(resource + " " + row.path("url").asText() + row.path("domain").asText(), id(row));
      }
    }
    ids.put("service user", id(only("service_users")));
    return ids;
  }
}
