package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.policy.raw.PublicPolicy;
import dev.clinicnet.testkit.InOneNamespace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies in public use, each on its own service, reach ngrok as the manifests say. */
@SuppressWarnings("try") // An operator only has to run.
class PublicPoliciesIT extends InOneNamespace {
  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: one}
      spec: {domains: [{name: "*.api.example.com", shared: true}]}
      """;

  @Test
  void eachIsProgrammedOrRefusedWithTheStatedWords() {
    List<PublicPolicy> policies = PublicPolicy.all().toList();
    manifests.applyText(CLINIC);
    String ipPolicy = account.call("POST", "/ip_policies", "{}").path("id").asText();

    try (ClinicOperator operator = operator().start()) {
      for (PublicPolicy policy : policies) {
        manifests.applyText(policy.service().replace("ipp_2fakeOfficePolicy", ipPolicy));
        eventually(() -> assertThat(accepted(policy)).startsWith(acceptance(policy)));
        assertThat(accepted(policy)).contains(policy.refuses().orElse(""));
        if (policy.refuses().isEmpty()) {
          assertThat(policy.warns()).allMatch(accepted(policy)::contains);
        }
        eventually(
            () ->
                assertThat(programmed(policy))
                    .startsWith(programming(policy))
                    .contains(policy.sent().orElse("")));
      }
      long expected =
          policies.stream().filter(p -> p.refuses().isEmpty() && p.sent().isEmpty()).count();
      assertThat(account.all("endpoints")).hasSize((int) expected);
      assertThat(account.all("endpoints"))
          .extracting(endpoint -> endpoint.path("traffic_policy"))
          .extracting(JsonNode::asText)
          .allMatch(text -> text.contains("forward-internal"));
    }
  }

  private String accepted(PublicPolicy policy) {
    return manifests.serviceSays(policy.name(), ConditionType.Accepted);
  }

  private String programmed(PublicPolicy policy) {
    return manifests.serviceSays(policy.name(), ConditionType.Programmed);
  }

  private static String acceptance(PublicPolicy policy) {
    return policy.refuses().isPresent() ? "False" : "True";
  }

  private static String programming(PublicPolicy policy) {
    if (policy.refuses().isPresent()) {
      return "False";
    }
    return policy.sent().isPresent() ? "False PolicyRejected" : "True";
  }
}
