package dev.clinicnet.operator.cli.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.NgrokAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverCommandTest {
  private static final Owner ONE = new Owner("Clinic", "clinics", "one");
  private static final Owner GONE = new Owner("Clinic", "clinics", "gone");

  private final NgrokAccount account = NgrokAccount.open();

  @TempDir private Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(
        directory.resolve("one.yaml"),
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: one, namespace: clinics}
        spec:
          domains:
          - {name: one.example.com}
          - {name: "*.shared.example.com", shared: true}
        """);
    domain("one.example.com", Mark.of("lost", ONE, "uid", "one").retired(java.time.Instant.EPOCH));
    domain("gone.example.com", Mark.of("lost", GONE, "uid", "gone"));
    domain("theirs.example.com", Mark.of("third", ONE, "uid", "one"));
    domain("*.shared.example.com", Mark.shared("lost"));
    domain("*.other.example.com", Mark.shared("lost"));
    String user =
        account
            .call(
                "POST", "/service_users", "{\"name\": \"" + user("lost") + "\", \"active\": true}")
            .path("id")
            .asText();
    ObjectNode credential = new ObjectMapper().createObjectNode().put("owner_id", user);
    credential.putArray("acl").add("bind:*.one.internal");
    credential.put("metadata", Mark.of("lost", ONE, "uid", "one").withNonce("n").text());
    account.call("POST", "/credentials", credential.toString());
    account.forgetRequests();
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void clinicsOfOtherAccountsAreLeftOut() throws IOException {
    Files.writeString(
        directory.resolve("one.yaml"),
        """
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: gone, namespace: clinics}
        spec:
          accountRef: {name: west}
        """,
        StandardOpenOption.APPEND);

    CommandRun run = run("--take-over-instance", "lost", "--instance", "new");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("4 objects to take over")
        .contains("left, not in these files: domain gone.example.com");
    assertThat(run.err())
        .contains("account west: clinics/gone. Take them over with --account west");

    CommandRun west = run("--take-over-instance", "lost", "--instance", "new", "--account", "west");
    assertThat(west.out()).contains("would take over domain gone.example.com");
    assertThat(west.err()).contains("account default: clinics/one");

    CommandRun wrong =
        run("--take-over-instance", "lost", "--instance", "new", "--account", "wets");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err())
        .contains(
            "The files have no Clinic in the account wets, and no NgrokAccount of this name, but"
                + " default, west: correct --account");
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void withoutApplyNothingIsWritten() {
    CommandRun run = run("--take-over-instance", "lost", "--instance", "new");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "would take over domain one.example.com",
            "4 objects to take over: add --apply, 2 left.")
        .contains("left, not in these files: domain gone.example.com of Clinic clinics/gone");
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void marksOfTheManifestsGetTheNewInstanceAndNothingElseChanges() {
    CommandRun run = run("--take-over-instance", "lost", "--instance", "new", "--apply");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("4 objects taken over, 2 left.");
    assertThat(account.writes().keySet()).allMatch(request -> request.startsWith("PATCH "));
    assertThat(mark("one.example.com"))
        .isEqualTo(Mark.of("new", ONE, "uid", "one").retired(java.time.Instant.EPOCH));
    assertThat(mark("*.shared.example.com")).isEqualTo(Mark.shared("new"));
    assertThat(mark("gone.example.com").instance()).isEqualTo("lost");
    assertThat(mark("*.other.example.com").instance()).isEqualTo("lost");
    assertThat(mark("theirs.example.com").instance()).isEqualTo("third");
    assertThat(account.names("service_users", "name")).containsExactly(user("new"));
    JsonNode credential = account.all("credentials").get(0);
    assertThat(Mark.parse(credential.path("metadata").asText()))
        .contains(Mark.of("new", ONE, "uid", "one").withNonce("n"));
    assertThat(credential.path("acl").path(0).asText()).isEqualTo("bind:*.one.internal");

    account.forgetRequests();
    assertThat(run("--take-over-instance", "lost", "--instance", "new", "--apply").out())
        .as("it can be repeated")
        .contains("0 objects taken over, 2 left.");
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void theOwnInstanceAndAnUnknownOneAreRefused() {
    CommandRun own = run("--take-over-instance", "lost", "--instance", "lost", "--apply");
    CommandRun unknown = run("--take-over-instance", "lots", "--instance", "new", "--apply");

    assertThat(List.of(own.code(), unknown.code())).containsOnly(1);
    assertThat(own.err()).contains("are the same");
    assertThat(unknown.err()).contains("marked by instance lots, but by lost, third");
    assertThat(run("--instance", "new").err()).contains("--take-over-instance");
    assertThat(account.writes()).isEmpty();
  }

  private void domain(String name, Mark mark) {
    account.call(
        "POST",
        "/reserved_domains",
        new ObjectMapper()
            .createObjectNode()
            .put("domain", name)
            .put("metadata", mark.text())
            .toString());
  }

  private Mark mark(String domain) {
    return account.all("reserved_domains").stream()
        .filter(row -> row.path("domain").asText().equals(domain))
        .findFirst()
        .flatMap(row -> Mark.parse(row.path("metadata").asText()))
        .orElseThrow();
  }

  private static String user(String instance) {
    Clinic clinic = new Clinic();
    clinic.setMetadata(new ObjectMetaBuilder().withNamespace("clinics").withName("one").build());
    return ClinicNames.serviceUser(instance, clinic);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.on(
        account.url(),
        Stream.concat(
                Stream.of("take-over", directory.resolve("one.yaml").toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
