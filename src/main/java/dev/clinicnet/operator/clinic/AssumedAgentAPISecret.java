package dev.clinicnet.operator.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.policy.PolicyText;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret for the agent's API that is assumed in a cluster which cannot be read. It has the
 * authorities that the Clinic's endpoint admits.
 */
public final class AssumedAgentAPISecret {
  private static final String AUTHORITIES = "mutual_tls_certificate_authorities";
  private static final String UNKNOWN_PASSWORD = "A".repeat(43);
  private static final String UNKNOWN_KEY =
      "-----BEGIN PRIVATE KEY-----\ndW5rbm93bg==\n-----END PRIVATE KEY-----\n";

  private AssumedAgentAPISecret() {}

  /** The Secret; empty when the account has no such endpoint. */
  public static Optional<Secret> of(Clinic clinic, Inventory inventory, String instance) {
    Owner owner = Owner.of(clinic);
    return inventory.lookUp(Resource.ENDPOINTS, Keys.owner(owner)).stream()
        .filter(Endpoint::isCloud)
        .filter(e -> Mark.parse(e.metadata()).filter(m -> m.isOf(instance, owner)).isPresent())
        .map(endpoint -> authorities(endpoint.trafficPolicy()))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .map(
            authorities ->
                AgentAPISecret.NONE.holding(
                    clinic,
                    Map.of(
                        AgentAPIKeys.AUTHORITIES,
                        String.join("", authorities),
                        // It is as old as the client's certificate, so that both are renewed at the
                        // same time.
                        AgentAPIKeys.CERTIFICATE,
                        authorities.get(0),
                        AgentAPIKeys.PRIVATE_KEY,
                        UNKNOWN_KEY,
                        AgentAPIKeys.PASSWORD,
                        UNKNOWN_PASSWORD)));
  }

  private static List<String> authorities(String policy) {
    List<String> authorities = new ArrayList<>();
    if (policy != null) {
      PolicyText.read(policy)
          .map(tree -> tree.findValue(AUTHORITIES))
          .ifPresent(list -> list.forEach(pem -> add(pem, authorities)));
    }
    return authorities;
  }

  private static void add(JsonNode pem, List<String> authorities) {
    if (pem.isTextual()) {
      authorities.add(pem.textValue());
    }
  }
}
