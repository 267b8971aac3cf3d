package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

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
        .isEqualTo("ERR_NGROK_215");
    assertThat(patchRefusal(path + "/" + rule)).isEqualTo("ERR_NGROK_1401");
    assertThat(patchRefusal("/ip_policies/" + policy)).isEqualTo("ERR_NGROK_1400");
    client.delete("/ip_policies/" + policy);
    assertThat(client.get(path).body().get("ip_policy_rules")).isEmpty();
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
