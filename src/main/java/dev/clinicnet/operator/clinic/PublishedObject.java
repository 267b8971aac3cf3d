package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.policy.PolicyText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An object in Kubernetes that the operator writes for a Clinic.
 *
 * @param clinic the Clinic that its annotation names
 * @param object a Secret or a DNSEndpoint
 */
public record PublishedObject(Use use, Owner clinic, HasMetadata object) {
  /** What the object is for. */
  public enum Use {
    /** The files that a technician installs. */
    SITE_KIT,
    /** The operator's keys for the API of the site's agent. */
    AGENT_API,
    /** The DNS records for external-dns. */
    DNS_RECORDS
  }

  /** The object as one of the operator's; empty if it belongs to somebody else. */
  public static Optional<PublishedObject> of(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String path = annotations == null ? null : annotations.get(SiteKitSecret.CLINIC);
    if (path == null) {
      return Optional.empty();
    }
    Owner clinic =
        new Owner("Clinic", object.getMetadata().getNamespace(), path.replaceAll(".*/", ""));
    return Optional.of(new PublishedObject(use(object), clinic, object));
  }

  private static Use use(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return object instanceof DNSEndpoint
        ? Use.DNS_RECORDS
        : labels != null && labels.containsKey(AgentAPISecret.LABEL) ? Use.AGENT_API : Use.SITE_KIT;
  }

  /** Whether Kubernetes deletes it with its Clinic. */
  public boolean isBound() {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                owner.getKind().equals(clinic.kind()) && owner.getName().equals(clinic.name()));
  }

  /** The texts of a Secret by their keys. Some of them are secret. */
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    if (object instanceof Secret secret && secret.getData() != null) {
      secret
          .getData()
          .keySet()
          .forEach(key -> texts.put(key, SecretText.of(secret, key).orElseThrow()));
    }
    return texts;
  }

  /** The configuration of the agent in a site kit, with its secrets. */
  public Optional<String> configuration() {
    return Optional.ofNullable(texts().get(SiteKitSecret.CONFIG));
  }

  /**
   * The hash in a site kit of everything that must be installed, without the token; empty if it has
   * no configuration.
   */
  public Optional<String> configHash() {
    return configuration()
        .flatMap(PolicyText::read)
        .map(tree -> tree.path("agent").path("metadata").asText())
        .flatMap(AgentMetadata::parse)
        .map(AgentMetadata::siteKit);
  }

  /** The texts of a site kit that people read. They have no secrets. */
  public List<String> instructions() {
    return List.of(SiteKitSecret.README, SiteKitSecret.HELP).stream()
        .flatMap(key -> texts().getOrDefault(key, "").lines())
        .toList();
  }

  /** The id of the credential whose token is in a site kit; empty if there is none. */
  public String credentialID() {
    return object.getMetadata().getAnnotations().getOrDefault(SiteKitSecret.CREDENTIAL, "");
  }

  /** The password in the Secret for the agent's API; empty if there is none. */
  public String password() {
    return texts().getOrDefault(AgentAPIKeys.PASSWORD, "");
  }

  /** The records of a DNSEndpoint, one a line. */
  public List<String> records() {
    return object instanceof DNSEndpoint endpoint
        ? endpoint.getSpec().endpoints().stream()
            .map(r -> r.dnsName() + " " + r.recordType() + " " + String.join(" ", r.targets()))
            .toList()
        : List.of();
  }

  @Override
  public String toString() {
    return use + " of " + clinic;
  }
}
