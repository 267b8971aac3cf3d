package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAccountTest {
  private static final String NOW = "2026-01-01T00:00:00Z";

  private final List<Object> sent = new ArrayList<>();
  private final InMemoryAccount account =
      new InMemoryAccount(
          NOW,
          (kind, n) -> kind.path() + "_" + n,
          id -> "address of " + id,
          (kind, before, after, body) -> sent.add(body == null ? before : body));

  @Test
  void aChangeReplacesTheMembersThatItHas() {
    var body = new Credential.Create("before", "a mark", List.of("bind:a.com"), "usr_1");
    Credential created = account.create(Resource.CREDENTIALS, body, Lane.BULK);
    var change = new Credential.Update("after", null, List.of("bind:b.com"));

    account.update(Resource.CREDENTIALS, created.id(), change, Lane.BULK);

    assertThat(account.list(Resource.CREDENTIALS, Lane.SWEEP))
        .containsExactly(
            new Credential(
                "credentials_1", NOW, "after", "a mark", List.of("bind:b.com"), "usr_1", null));
    assertThat(sent).containsExactly(body, change);
  }

  @Test
  void onlyTheAnswerToACreationHasTheToken() {
    var body = new Credential.Create(null, null, List.of("bind:a.com"), "usr_1");

    Credential created = account.create(Resource.CREDENTIALS, body, Lane.BULK);

    assertThat(created.token().reveal()).isEqualTo("token of credentials_1");
    assertThat(account.list(Resource.CREDENTIALS, Lane.SWEEP))
        .containsExactly(created.withoutSecret());
  }

  @Test
  void thePlatformChoosesAnAddressAndTellsTheVaultOfASecret() {
    var reservation = new ReservedAddr.Create(null, null, "eu");
    Vault vault = account.create(Resource.VAULTS, new Vault.Create("v", null, null), Lane.BULK);
    var secret =
        new VaultSecret.Create(vault.id(), "a/b", new SecretValue("hidden"), null, "a mark");

    assertThat(account.create(Resource.RESERVED_ADDRS, reservation, Lane.BULK).addr())
        .isEqualTo("address of reserved_addrs_2");
    assertThat(account.create(Resource.VAULT_SECRETS, secret, Lane.BULK))
        .isEqualTo(
            new VaultSecret(
                "vault_secrets_3", NOW, "a/b", null, "a mark", new Ref("vaults_1", ""), "v"));
  }

  @Test
  void whatIsNotThereCannotBeChangedAndNeedNotBeDeleted() {
    account.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    NgrokException e =
        catchThrowableOfType(
            NgrokException.class,
            () ->
                account.update(
                    Resource.ENDPOINTS,
                    "ep_1",
                    Resource.ENDPOINTS.remark().apply("a mark"),
                    Lane.CHANGE));

    assertThat(e.failure()).isEqualTo(Failure.NOT_FOUND);
    assertThat(sent).isEmpty();
  }
}
