package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The API server refuses to store an authtoken in one namespace, until the ban is lifted. */
public final class WriteBan implements AutoCloseable {
  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: no-tokens-%1$s}
      spec:
        failurePolicy: Fail
        matchConstraints:
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
          resourceRules:
            - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}
        validations:
          - expression: "!has(object.data) || !('authtoken' in object.data)"
            message: "no tokens here"
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: no-tokens-%1$s}
      spec: {policyName: no-tokens-%1$s, validationActions: [Deny]}
      """;

  private final KubernetesClient admin;
  private final String namespace;

  private WriteBan(KubernetesClient admin, String namespace) {
    this.admin = admin;
    this.namespace = namespace;
  }

  /** Bans tokens from a namespace, and waits until the ban is in force. */
  public static WriteBan onTokens(KubernetesClient admin, String namespace) {
    WriteBan ban = new WriteBan(admin, namespace);
    admin.load(ban.policy()).serverSideApply();
    await().atMost(Duration.ofSeconds(30)).until(ban::isInForce);
    return ban;
  }

  /** Lifts the ban. It may stay in force for a moment. */
  public void lift() {
    admin.load(policy()).delete();
  }

  @Override
  public void close() {
    lift();
  }

  private boolean isInForce() {
    Secret probe =
        new SecretBuilder()
            .withNewMetadata()
            .withName("probe")
            .withNamespace(namespace)
            .endMetadata()
            .withStringData(Map.of("authtoken", "probe"))
            .build();
    try {
      admin.resource(probe).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return e.getMessage().contains("no tokens here");
    }
  }

  private ByteArrayInputStream policy() {
    return new ByteArrayInputStream(POLICY.formatted(namespace).getBytes(StandardCharsets.UTF_8));
  }
}
