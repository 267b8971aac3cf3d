package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpPoliciesTest extends SimulatorTest {

  @Test
  void holdRulesWithUniqueRanges() {
    String policy = created("/ip_policies", "description", "d").id();
    String path = "/ip_policy_rules";
    String rule =
        created(path, "ip_policy_id", policy, "action", "allow", "cidr", "203.0.113.0/24").id();
    assertThat(refusal(path, "ip_policy_id", policy, "action", "allow"))
        .isEqualTo("ERR_NGROK_1405");
    assertThat(refusal(path, "ip_policy_id", policy, "action", "allow", "cidr", "here"))
        .isEqualTo("ERR_NGROK_1406");
    assertThat(refusal(path, "ip_policy_id", policy, "action", "allow", "cidr", "203.0.113.0/24"))
        .isEqualTo("ERR_NGROK_1408");
    assertThat(refusal(path, "ip_policy_id", "ipp_x", "action", "allow", "cidr", "10.0.0.0/8"))
        .isEqualTo("ERR_NGROK_1402");
    assertThat(refusal(path, "ip_policy_id", policy, "action", "drop", "cidr", "10.0.0.0/8"))
        .isEqualTo("ERR_NGROK_1422");
    for (String[] wrong :
        new String[][] {
          {"10.0.0.1/8", "ERR_NGROK_1409", "10.0.0.0/8"},
          {"2001:db8::1/32", "ERR_NGROK_1409", "2001:db8:0:0:0:0:0:0/32"},
          {"10.0.0.1", "ERR_NGROK_1413", "10.0.0.1/32"},
          {"::1", "ERR_NGROK_1413", "128"}
        }) {
      Answer answer =
          client.post(
              path,
              SimulatorClient.object("ip_policy_id", policy, "action", "deny", "cidr", wrong[0])
                  .toString());
      assertThat(answer.code()).isEqualTo(wrong[1]);
      assertThat(answer.text("msg")).contains(wrong[2]);
    }
    assertThat(patchRefusal(path + "/" + rule, "description", "x".repeat(256)))
        .isEqualTo("ERR_NGROK_1421");
    assertThat(patchRefusal(path + "/" + rule)).isEqualTo("ERR_NGROK_1401");
    assertThat(patchRefusal("/ip_policies/" + policy)).isEqualTo("ERR_NGROK_1400");
    client.delete("/ip_policies/" + policy);
    assertThat(client.get(path).body().get("ip_policy_rules")).isEmpty();
  }

  @Test
  void restrictTheAccountAndAreHeldByThat() {
    String policy = created("/ip_policies").id();
    String path = "/ip_restrictions";
    Answer restriction =
        created(path, "type", "dashboard", "enforced", true, "ip_policy_ids", List.of(policy));
    assertThat(restriction.body().at("/ip_policies/0/id").asText()).isEqualTo(policy);
    String rule =
        created(
                "/ip_policy_rules",
                "ip_policy_id",
                policy,
                "action",
                "allow",
                "cidr",
                "203.0.113.0/24")
            .id();
    assertThat(refusal(client.delete("/ip_policy_rules/" + rule))).isEqualTo("ERR_NGROK_1419");
    assertThat(refusal(client.delete("/ip_policies/" + policy))).isEqualTo("ERR_NGROK_1420");
    assertThat(refusal(path, "type", "dashboard", "ip_policy_ids", List.of(policy)))
        .isEqualTo("ERR_NGROK_1802");
    assertThat(refusal(path, "type", "moon", "ip_policy_ids", List.of(policy)))
        .isEqualTo("ERR_NGROK_1803");
    assertThat(refusal(path, "type", "api")).isEqualTo("ERR_NGROK_1804");
    assertThat(patchRefusal(path + "/" + restriction.id(), "ip_policy_ids", List.of("ipp_x")))
        .isEqualTo("ERR_NGROK_1801");
    assertThat(
            client
                .patch(path + "/" + restriction.id(), "{\"enforced\":false}")
                .body()
                .get("enforced")
                .asBoolean())
        .isFalse();
    assertThat(client.delete(path + "/" + restriction.id()).status()).isEqualTo(204);
    assertThat(client.delete("/ip_policies/" + policy).status()).isEqualTo(204);
  }

  @Test
  void stopAtThePlanLimit() {
    String policy = created("/ip_policies").id();
    client.post("/_simulator/plan-limits", "{\"ip_policies\":1,\"ip_policy_rules\":0}");
    assertThat(refusal("/ip_policies")).isEqualTo("ERR_NGROK_1410");
    assertThat(
            refusal(
                "/ip_policy_rules", "ip_policy_id", policy, "action", "deny", "cidr", "10.0.0.0/8"))
        .isEqualTo("ERR_NGROK_1411");
  }
}
