package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.FurtherAccounts;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys of accounts, read by somebody who may read nothing but what a Role names. */
class AccountKeysIT {
  private static final Path ROLE = Path.of("deploy/components/accounts/role.yaml");
  private static final String READER = "reader";

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @Test
  void theRoleOfTheComponentIsNeededAndEnough() throws IOException {
    NgrokAccount account = new YAMLMapper().readValue(DEPLOYED, NgrokAccount.class);
    write("ngrok-accounts");
    namespace
        .admin()
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(READER).endMetadata().build())
        .create();
    try (KubernetesClient client =
        namespace.kubernetes().clientOf(namespace.name(), READER, "test")) {
      AccountKeys keys = keys(client, account);

      assertThat(keys.verdict(account))
          .satisfies(
              said -> {
                assertThat(said.reason()).isEqualTo(Reason.ReferenceNotFound);
                assertThat(said.message())
                    .contains("may not read Secret " + namespace.name() + "/ngrok-accounts")
                    .contains("accounts.secretNames");
              });
      assertThat(keys.key("west")).isNull();

      bindRole();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(keys.key("west")).isEqualTo(FurtherAccounts.WEST_KEY));
      assertThat(keys.verdict(account).message()).doesNotContain(FurtherAccounts.WEST_KEY);
      write("other");
      account.getMetadata().setName("east");
      NgrokAccount other =
          new YAMLMapper()
              .readValue(DEPLOYED.replace("ngrok-accounts", "other"), NgrokAccount.class);
      assertThat(keys(client, other).verdict(other).message()).contains("may not read");
    }
  }

  @Test
  void oneSecretWithManyKeysIsReadOnceForAllAccounts() throws IOException {
    NgrokAccount west = new YAMLMapper().readValue(DEPLOYED, NgrokAccount.class);
    NgrokAccount younger = new YAMLMapper().readValue(DEPLOYED, NgrokAccount.class);
    younger.getMetadata().setName("younger");
    AtomicLong now = new AtomicLong();
    AccountKeys keys =
        new AccountKeys(
            namespace.admin(),
            Optional.of(namespace.name()),
            () -> "own",
            () -> List.of(west, younger),
            now::get);
    write("ngrok-accounts");
    assertThat(keys.key("west")).isEqualTo(FurtherAccounts.WEST_KEY);
    namespace.admin().secrets().withName("ngrok-accounts").delete();

    assertThat(keys.verdict(younger).reason()).as("read before").isEqualTo(Reason.APIKeyInUse);
    keys.forget("younger");
    assertThat(keys.key("west")).isEqualTo(FurtherAccounts.WEST_KEY);
    now.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(keys.verdict(younger).message()).contains("there is no Secret");
  }

  @Test
  void whatIsNoKeyIsNotUsed() throws IOException {
    NgrokAccount account = new YAMLMapper().readValue(DEPLOYED, NgrokAccount.class);
    namespace.admin().resource(secret("ngrok-accounts", "two words")).create();

    AccountKeys keys = keys(namespace.admin(), account);

    assertThat(keys.key("west")).isNull();
    assertThat(keys.verdict(account).message())
        .contains("something that is no API key")
        .doesNotContain("two words");
  }

  @Test
  void withoutANamespaceThereIsNoKey() throws IOException {
    NgrokAccount account = new YAMLMapper().readValue(DEPLOYED, NgrokAccount.class);
    AccountKeys keys =
        new AccountKeys(
            namespace.admin(), Optional.empty(), () -> "own", () -> List.of(account), () -> 0);

    assertThat(keys.verdict(account).message()).contains("--account-secrets-namespace");
    assertThat(keys.key("default")).isEqualTo("own");
    assertThat(keys.key("unknown")).isNull();
  }

  private static final String DEPLOYED = deployed();

  private static String deployed() {
    try {
      return Files.readString(Path.of("deploy/accounts/west.yaml"))
          .replace("metadata:", "metadata:\n  creationTimestamp: \"2026-01-01T00:00:00Z\"");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private AccountKeys keys(KubernetesClient client, NgrokAccount account) {
    return new AccountKeys(
        client,
        Optional.of(namespace.name()),
        () -> "own",
        () -> List.of(account),
        System::nanoTime);
  }

  private void write(String name) {
    namespace.admin().resource(secret(name, FurtherAccounts.WEST_KEY)).create();
  }

  private static io.fabric8.kubernetes.api.model.Secret secret(String name, String key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withStringData(Map.of("west", key))
        .build();
  }

  private void bindRole() throws IOException {
    Role role = Serialization.unmarshal(Files.readString(ROLE), Role.class);
    role.getMetadata().setNamespace(namespace.name());
    namespace.admin().resource(role).create();
    namespace
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(READER)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role.getMetadata().getName())
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(READER)
                .withNamespace(namespace.name())
                .endSubject()
                .build())
        .create();
  }
}
