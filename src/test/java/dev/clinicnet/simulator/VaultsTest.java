package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.Test;

class VaultsTest extends SimulatorTest {

  @Test
  void wantsUniqueNamesOfPlainCharacters() {
    Answer vault = created("/vaults", "name", "clinics");
    assertThat(refusal("/vaults")).isEqualTo("ERR_NGROK_23001");
    assertThat(refusal("/vaults", "name", "a b")).isEqualTo("ERR_NGROK_23000");
    assertThat(refusal("/vaults", "name", "clinics")).isEqualTo("ERR_NGROK_23004");
    assertThat(vault.text("created_by")).startsWith("usr_");
    Answer renamed = client.patch("/vaults/" + vault.id(), "{\"name\":\"sites\"}");
    assertThat(renamed.text("name")).isEqualTo("sites");
  }

  @Test
  void holdsSecretsWhoseValuesNobodySeesAgain() {
    Answer vault = created("/vaults", "name", "prod-vault");
    Answer secret =
        created(
            "/vault_secrets", "vault_name", "prod-vault", "name", "db-password", "value", "s3cret");
    assertThat(secret.body().at("/vault/id").asText()).isEqualTo(vault.id());
    assertThat(secret.text("vault_name")).isEqualTo("prod-vault");
    client.patch("/vault_secrets/" + secret.id(), "{\"value\":\"s3cret2\"}");
    assertThat(client.get("/_simulator/state").body().toString()).doesNotContain("s3cret");
    assertThat(client.get("/vaults/" + vault.id() + "/secrets").body().get("secrets")).hasSize(1);
    assertThat(refusal(client.delete("/vaults/" + vault.id()))).isEqualTo("ERR_NGROK_23003");
    client.delete("/vault_secrets/" + secret.id());
    assertThat(client.delete("/vaults/" + vault.id()).status()).isEqualTo(204);
  }

  @Test
  void wantsSecretsToBeComplete() {
    String vault = created("/vaults", "name", "v").id();
    String path = "/vault_secrets";
    assertThat(refusal(path, "vault_id", vault, "value", "v")).isEqualTo("ERR_NGROK_24001");
    assertThat(refusal(path, "vault_id", vault, "name", "a b", "value", "v"))
        .isEqualTo("ERR_NGROK_24000");
    assertThat(refusal(path, "vault_id", vault, "name", "a")).isEqualTo("ERR_NGROK_24003");
    created(path, "vault_id", vault, "name", "a", "value", "v");
    assertThat(refusal(path, "vault_id", vault, "name", "a", "value", "v"))
        .isEqualTo("ERR_NGROK_24005");
    assertThat(refusal(path, "vault_id", "vault_x", "name", "a", "value", "v"))
        .isEqualTo("ERR_NGROK_24006");
    assertThat(refusal(path, "name", "a", "value", "v")).isEqualTo("ERR_NGROK_24008");
    assertThat(refusal(path, "vault_name", "w", "name", "a", "value", "v"))
        .isEqualTo("ERR_NGROK_24009");
  }

  @Test
  void stopsAtThePlanLimit() {
    String vault = created("/vaults", "name", "v").id();
    client.post("/_simulator/plan-limits", "{\"vaults\":1,\"vault_secrets\":0}");
    assertThat(refusal("/vaults", "name", "w")).isEqualTo("ERR_NGROK_23005");
    assertThat(refusal("/vault_secrets", "vault_id", vault, "name", "a", "value", "v"))
        .isEqualTo("ERR_NGROK_24007");
  }
}
