package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clinicnet.simulator.Simulator;
import dev.clinicnet.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vaults and their secrets over the wire. Values cannot be read. */
class VaultWireTest {
  private static final String PLANTED = "us\"er:planted\nvault-value";
  private Simulator simulator;
  private OkHttpNgrokApi api;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.defaults().withoutRateLimit());
    api =
        FakePlatform.client(
            NgrokClientOptions.of(simulator.url(), () -> FakePlatform.KEY),
            FakePlatform.freshBudget());
  }

  @AfterEach
  void stop() {
    api.close();
    simulator.close();
  }

  @Test
  void aVaultAndItsSecretsLiveAndGo() {
    // When
    Vault vault = vault("clinicnet_i");
    VaultSecret secret = secret(vault, "a/b/c_d");
    VaultSecret changed =
        api.update(
            Resource.VAULT_SECRETS,
            secret.id(),
            new VaultSecret.Update(null, new SecretValue("another"), null, "m2"),
            Lane.CHANGE);
    api.update(Resource.VAULTS, vault.id(), new Vault.Update(null, null, "m3"), Lane.CHANGE);
    // Then
    assertThat(secret.vault().id()).isEqualTo(vault.id());
    assertThat(changed.name()).isEqualTo("a/b/c_d");
    assertThat(changed.metadata()).isEqualTo("m2");
    assertThat(api.list(Resource.VAULT_SECRETS, Lane.SWEEP)).containsExactly(changed);
    assertThat(api.list(Resource.VAULTS, Lane.SWEEP))
        .extracting(Vault::metadata)
        .containsExactly("m3");
    api.delete(Resource.VAULT_SECRETS, secret.id(), Lane.CLOSING);
    api.delete(Resource.VAULTS, vault.id(), Lane.CLOSING);
    assertThat(api.list(Resource.VAULTS, Lane.SWEEP)).isEmpty();
  }

  @Test
  void aNameThatIsTakenAlreadyExists() {
    // Given
    Vault vault = vault("clinicnet_i");
    secret(vault, "a");
    // Then
    assertThat(catchThrowableOfType(NgrokException.class, () -> vault("clinicnet_i")).failure())
        .isEqualTo(Failure.ALREADY_EXISTS);
    assertThat(catchThrowableOfType(NgrokException.class, () -> secret(vault, "a")).failure())
        .isEqualTo(Failure.ALREADY_EXISTS);
  }

  @Test
  void aVaultThatIsGoneIsAConflictAndOneInUseStays() {
    // Given
    Vault vault = vault("clinicnet_i");
    VaultSecret secret = secret(vault, "a");
    // Then
    assertThat(
            catchThrowableOfType(
                    NgrokException.class,
                    () -> api.delete(Resource.VAULTS, vault.id(), Lane.CLOSING))
                .failure())
        .isEqualTo(Failure.CONFLICT);
    api.delete(Resource.VAULT_SECRETS, secret.id(), Lane.CLOSING);
    api.delete(Resource.VAULTS, vault.id(), Lane.CLOSING);
    assertThat(catchThrowableOfType(NgrokException.class, () -> secret(vault, "a")).failure())
        .isEqualTo(Failure.CONFLICT);
  }

  /** In clear, as a text that quotes it, and the password alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "got us\\\\\\\"er:planted\\\\nvault-value there",
        "got us\\\"er:planted\\nvault-value there",
        "got planted\\nvault-value there",
        "got dXMiZXI6cGxhbnRlZAp2YXVsdC12YWx1ZQ== there"
      })
  void noTextOfAFailureShowsAValue(String echo) {
    try (FakePlatform platform = new FakePlatform();
        OkHttpNgrokApi echoing = platform.client()) {
      VaultSecret.Create create =
          new VaultSecret.Create("vault_1", "a", new SecretValue(PLANTED), "d", "m");
      VaultSecret.Update update = new VaultSecret.Update(null, new SecretValue(PLANTED), null, "m");
      for (int code : new int[] {24004, 24005, 99999}) {
        platform.refuses(400, code, echo);
        assertClean(
            catchThrowableOfType(
                NgrokException.class,
                () -> echoing.create(Resource.VAULT_SECRETS, create, Lane.BULK)));
        platform.refuses(400, code, echo);
        assertClean(
            catchThrowableOfType(
                NgrokException.class,
                () -> echoing.update(Resource.VAULT_SECRETS, "secret_1", update, Lane.BULK)));
      }
      assertThat(platform.received.get(0).body())
          .contains("\"vault_id\":\"vault_1\"")
          .contains("\"value\":\"us\\\"er:planted\\nvault-value\"");
    }
  }

  @Test
  void noRecordPrintsAValue() {
    SecretValue value = new SecretValue(PLANTED);
    Stream.of(
            value,
            new VaultSecret.Create("vault_1", "a", value, "d", "m"),
            new VaultSecret.Update(null, value, "d", "m"))
        .forEach(object -> assertThat(object.toString()).contains("***").doesNotContain("planted"));
    assertThat(value)
        .isEqualTo(new SecretValue(PLANTED))
        .isNotEqualTo(new SecretValue("another"))
        .hasSameHashCodeAs(new SecretValue("another"));
  }

  private static void assertClean(NgrokException e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain("planted").doesNotContain("cGxhbnRlZ");
    assertThat(e.getMessage()).contains("got").contains("***").contains("there");
  }

  private Vault vault(String name) {
    return api.create(Resource.VAULTS, new Vault.Create(name, "d", "m"), Lane.BULK);
  }

  private VaultSecret secret(Vault vault, String name) {
    return api.create(
        Resource.VAULT_SECRETS,
        new VaultSecret.Create(vault.id(), name, new SecretValue(PLANTED), "d", "m"),
        Lane.BULK);
  }
}
