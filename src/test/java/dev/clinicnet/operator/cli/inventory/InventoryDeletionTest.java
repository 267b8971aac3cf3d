package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.testkit.RunningOperator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inventory --delete} deletes, and what it refuses to delete. */
class InventoryDeletionTest {
  @TempDir private Path directory;
  private MixedAccount account;

  @BeforeEach
  void open() {
    account = new MixedAccount(directory);
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void whatNobodyHasIsDeleted() {
    String address = account.address(null);
    String kept = account.address(MixedAccount.kept());

    CommandRun run = account.delete(address);

    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(run.out()).startsWith("Deleted: TCP address ").contains(address).hasLineCount(1);
    assertThat(account.ids("reserved_addrs")).containsExactly(kept);
  }

  @Test
  void whatAManifestAsksForIsNeverDeleted() {
    String kept = account.address(MixedAccount.kept());

    assertRefused(account.delete(kept, "--force", "--of-instance", "one"), "delete that, and the");
    assertThat(account.ids("reserved_addrs")).containsExactly(kept);
  }

  @Test
  void whatIsLeftOfAManifestIsDeletedInTheRightOrder() {
    String user = account.user(MixedAccount.OURS, "gone");
    String credential = account.credential(MixedAccount.gone(), user);

    assertRefused(account.delete(user), "in use: credential " + credential);
    CommandRun run = account.delete(user, "--delete", credential);

    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(run.out()).containsSubsequence("Deleted: credential", "Deleted: service user");
    assertThat(account.ids("service_users")).isEmpty();
    assertThat(account.ids("credentials")).doesNotContain(credential);
  }

  @Test
  void withoutTheManifestsNothingOfOursIsDeleted() {
    String gone = account.address(MixedAccount.gone());

    assertRefused(account.run("--instance", "one", "--delete", gone), "is not known");
  }

  @Test
  void whatIsSharedStaysWhileItIsNotKnownWhoNeedsIt() {
    String shared = account.domain("*.shared.example.com", Mark.shared(MixedAccount.OURS));

    assertRefused(account.delete(shared, "--force"), "use --cluster");
  }

  @Test
  void ofAnotherInstallationOnlyWhatIsNamedTwiceIsDeleted() {
    String other = account.address(MixedAccount.ofOther());

    assertRefused(account.delete(other, "--force"), "add --of-instance two");
    assertRefused(account.delete(other, "--of-instance", "three"), "add --of-instance two");
    assertThat(account.delete(other, "--of-instance", "two").code())
        .isEqualTo(InventoryExit.DONE.code());
    assertThat(account.ids("reserved_addrs")).isEmpty();
  }

  @Test
  void whatIsKeptOnPurposeNeedsForce() {
    String retained = account.address(MixedAccount.gone().retained());
    String retired = account.address(MixedAccount.gone().retired(Instant.EPOCH));
    String adopted = account.address(MixedAccount.gone().adopting());
    String foreignUser = account.user(MixedAccount.OTHER, "somewhere");

    assertRefused(account.delete(retained), "left on purpose");
    assertRefused(account.delete(retired), "the undo window keeps it");
    assertRefused(account.delete(adopted), "it was there before its manifest");
    assertRefused(account.delete(foreignUser), "perhaps another installation's");
    CommandRun run =
        account.delete(
            retained, "--delete", retired, "--delete", adopted, "--delete", foreignUser, "--force");
    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(run.out()).hasLineCount(4);
  }

  @Test
  void aCredentialWithAConnectedAgentNeedsForceAndItsAgentIsDisconnectedThen() {
    var created = account.account.call("POST", "/credentials", "{}");
    String credential = created.path("id").asText();
    account.account.connectAgent(
        "version: 3\nagent: {authtoken: %s}\n".formatted(created.path("token").asText()));
    String session = account.ids("tunnel_sessions").get(0);

    assertRefused(account.delete(credential), "in use: agent session " + session);
    assertRefused(account.delete(session, "--force"), "stop the agent");
    assertThat(account.account.all("tunnel_sessions")).hasSize(1);
    CommandRun run = account.delete(credential, "--force");

    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(account.ids("credentials")).doesNotContain(credential);
    assertThat(account.account.all("tunnel_sessions")).isEmpty();
  }

  @Test
  void anEndpointThatLeadsToSomethingNeedsForce() {
    String idle =
        account.endpoint(
            "https://idle.internal", null, MixedAccount.forward("https://nothing.internal"));
    String target =
        account.endpoint("https://here.internal", null, "{\"type\":\"deny\",\"config\":{}}");
    String leading =
        account.endpoint(
            "https://lead.internal", null, MixedAccount.forward("https://here.internal"));

    assertRefused(account.delete(leading), "it forwards to https://here.internal");
    assertRefused(account.delete(target), "https://lead.internal forwards to it");
    assertThat(account.delete(idle).code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(account.delete(leading, "--force").code()).isEqualTo(InventoryExit.DONE.code());
  }

  @Test
  void ifOneMayNotBeDeletedNoneIs() {
    String address = account.address(null);
    String kept = account.address(MixedAccount.kept());

    CommandRun run = account.delete(address, "--delete", kept, "--delete", "ra_unknown");

    assertRefused(run, "Nothing was deleted.");
    assertThat(run.err()).contains("ra_unknown is not deleted: no listed object").hasLineCount(3);
    assertThat(account.ids("reserved_addrs")).containsExactlyInAnyOrder(address, kept);
  }

  @Test
  void whatIsTakenUpBetweenTheLooksIsNotDeleted() throws Exception {
    String address = account.address(null);
    // The second look begins with the seventh list: it waits until somebody has marked the address.
    account.account.fault(
        """
        {"method": "GET", "path": "/reserved_domains", "hold": true, "skip": 1}
        """);
    var run = CompletableFuture.supplyAsync(() -> account.delete(address));
    await().until(() -> account.account.held() == 1);
    account.account.call(
        "PATCH",
        "/reserved_addrs/" + address,
        new ObjectMapper()
            .createObjectNode()
            .put("metadata", MixedAccount.kept().text())
            .toString());
    account.account.clearFaults();

    assertRefused(run.get(), "it belongs to another owner since the first look");
    assertThat(account.ids("reserved_addrs")).containsExactly(address);
  }

  @Test
  void aRefusalOfNgrokIsAnError() {
    String address = account.address(null);
    account.account.refuse("DELETE", "/reserved_addrs/*", 403, "ERR_NGROK_203");

    CommandRun run = account.delete(address);

    assertThat(run.code()).isEqualTo(InventoryExit.FAILED.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1);
  }

  @Test
  void theInstallationMustBeNamed() {
    account.address(MixedAccount.kept());
    String address = account.address(null);

    CommandRun run = account.compared("--delete", address);

    assertThat(run.code()).isEqualTo(InventoryExit.USAGE.code());
    assertThat(run.err()).contains("--delete needs --instance NAME").contains("found: one");
  }

  @Test
  void noVariableDeletes() {
    String address = account.address(null);

    CommandRun run =
        CommandRun.with(
            Map.of(
                "NGROK_API_URL",
                account.account.url().toString(),
                "NGROK_API_KEY",
                RunningOperator.API_KEY,
                "CLINIC_OPERATOR_DELETE",
                address,
                "CLINIC_OPERATOR_FORCE",
                "true"),
            "inventory");

    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(run.out()).startsWith("Nobody's:");
    assertThat(account.ids("reserved_addrs")).containsExactly(address);
  }

  private static void assertRefused(CommandRun run, String why) {
    assertThat(run.err()).contains(why);
    assertThat(run.code()).isEqualTo(InventoryExit.REFUSED.code());
    assertThat(run.out()).isEmpty();
  }
}
